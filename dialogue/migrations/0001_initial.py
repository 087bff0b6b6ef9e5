
import dialogue.models.identifiers
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelsearch.index
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Conversation',
            fields=[
                ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='conversation', serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('comment_count', models.PositiveIntegerField(default=0, verbose_name='published comments')),
                ('thread_count', models.PositiveIntegerField(default=0, verbose_name='threads')),
                ('answered_count', models.PositiveIntegerField(default=0, verbose_name='answered threads')),
                ('unanswered_count', models.PositiveIntegerField(default=0, verbose_name='unanswered threads')),
                ('organisation_count', models.PositiveIntegerField(default=0, verbose_name='threads with the organisation’s voice')),
            ],
            options={
                'verbose_name': 'conversation',
                'verbose_name_plural': 'conversations',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DialogueIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('comment_policy', models.CharField(blank=True, choices=[('hold_all', 'Hold every comment'), ('hold_first_timers', 'Hold the comments of each person until one is published'), ('publish_signed_in', 'Publish comments of signed-in people at once, hold those of guests'), ('publish_all', 'Publish every comment at once')], help_text="Empty: as the site's conversation settings say.", max_length=20, verbose_name='comment policy')),
                ('closed_from', models.TimeField(blank=True, null=True, verbose_name='closed from')),
                ('closed_until', models.TimeField(blank=True, null=True, verbose_name='closed until')),
                ('closed_on_weekends', models.BooleanField(default=False, verbose_name='closed on Saturdays and Sundays')),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'public dialogues',
                'verbose_name_plural': 'public dialogues',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='DialoguePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('commenting_enabled', models.BooleanField(default=True, verbose_name='take comments')),
                ('comments_close_at', models.DateTimeField(blank=True, help_text='Empty: they stay open.', null=True, verbose_name='comments close at')),
                ('question', models.TextField(max_length=300, verbose_name='question')),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('heading', 3), ('block_quotation', 7), ('pull_quotation', 10), ('callout', 14), ('questions', 19), ('picture', 24), ('gallery', 28), ('video', 34), ('document', 37), ('table', 41), ('key_figures', 47), ('call_to_action', 52), ('related_pages', 56), ('featured_comment', 60), ('comment_from_elsewhere', 68)], blank=True, block_lookup={0: ('portal.blocks.text.ParagraphBlock', (), {}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'max_length': 120}), 2: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', 'Section'), ('h3', 'Subsection')], 'label': 'Level'}), 3: ('wagtail.blocks.StructBlock', [[('text', 1), ('level', 2)]], {}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'rows': 4}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who said or wrote it, and where.', 'label': 'Attribution', 'max_length': 160, 'required': False}), 6: ('wagtail.blocks.URLBlock', (), {'label': 'Address of the source', 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('text', 4), ('attribution', 5), ('source_url', 6)]], {}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'max_length': 240}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'Attribution', 'max_length': 160, 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('text', 8), ('attribution', 9)]], {}), 11: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('note', 'Note'), ('important', 'Important'), ('success', 'Good news')], 'label': 'Kind'}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the name of its kind.', 'label': 'Title', 'max_length': 120, 'required': False}), 13: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Text'}), 14: ('wagtail.blocks.StructBlock', [[('kind', 11), ('title', 12), ('text', 13)]], {}), 15: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 16: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Answer'}), 17: ('wagtail.blocks.StructBlock', [[('question', 15), ('answer', 16)]], {}), 18: ('wagtail.blocks.ListBlock', (17,), {'label': 'Questions', 'min_num': 1}), 19: ('wagtail.blocks.StructBlock', [[('questions', 18)]], {}), 20: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 21: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 22: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the credit kept with the picture.', 'label': 'Credit', 'max_length': 160, 'required': False}), 23: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('text', 'As wide as the text'), ('wide', 'Wider than the text')], 'label': 'Width'}), 24: ('wagtail.blocks.StructBlock', [[('image', 20), ('caption', 21), ('credit', 22), ('width', 23)]], {}), 25: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120, 'required': False}), 26: ('wagtail.blocks.StructBlock', [[('image', 20), ('caption', 21), ('credit', 22)]], {}), 27: ('wagtail.blocks.ListBlock', (26,), {'label': 'Pictures', 'max_num': 24, 'min_num': 2}), 28: ('wagtail.blocks.StructBlock', [[('title', 25), ('pictures', 27)]], {}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'What the video shows.', 'label': 'Title', 'max_length': 160}), 30: ('wagtail.blocks.CharBlock', (), {'help_text': 'Of a video on YouTube or Vimeo.', 'label': 'Address', 'max_length': 500, 'required': False}), 31: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'MP4 or WebM.', 'label': 'Or a file of ours', 'required': False}), 32: ('wagtail.images.blocks.ImageChooserBlock', (), {'help_text': 'The picture shown before it plays.', 'label': 'Poster', 'required': False}), 33: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'help_text': 'What is said and shown, for those who cannot hear or see it.', 'label': 'Transcript', 'required': False}), 34: ('wagtail.blocks.StructBlock', [[('title', 29), ('address', 30), ('file', 31), ('poster', 32), ('caption', 21), ('transcript', 33)]], {}), 35: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 36: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the document’s own title.', 'label': 'Title', 'max_length': 160, 'required': False}), 37: ('wagtail.blocks.StructBlock', [[('document', 35), ('title', 36)]], {}), 38: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'required': False}), 39: ('wagtail.blocks.DecimalBlock', (), {'label': 'Number', 'required': False}), 40: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'label': 'Text with links', 'required': False}), 41: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 38), ('number', 39), ('rich_text', 40)]], {}), 42: ('wagtail.blocks.CharBlock', (), {'help_text': 'With its unit: 94 %, 3.2 M$', 'label': 'Value', 'max_length': 20}), 43: ('wagtail.blocks.CharBlock', (), {'label': 'What it counts', 'max_length': 120}), 44: ('wagtail.blocks.CharBlock', (), {'label': 'Note or source', 'max_length': 160, 'required': False}), 45: ('wagtail.blocks.StructBlock', [[('value', 42), ('label', 43), ('note', 44)]], {}), 46: ('wagtail.blocks.ListBlock', (45,), {'label': 'Figures', 'max_num': 6, 'min_num': 1}), 47: ('wagtail.blocks.StructBlock', [[('figures', 46)]], {}), 48: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'rows': 2}), 49: ('wagtail.blocks.CharBlock', (), {'label': 'Words on the button', 'max_length': 60}), 50: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 51: ('wagtail.blocks.URLBlock', (), {'label': 'Or an address', 'required': False}), 52: ('wagtail.blocks.StructBlock', [[('text', 48), ('label', 49), ('page', 50), ('url', 51)]], {}), 53: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 80, 'required': False}), 54: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page'}), 55: ('wagtail.blocks.ListBlock', (54,), {'label': 'Pages', 'max_num': 6, 'min_num': 1}), 56: ('wagtail.blocks.StructBlock', [[('title', 53), ('pages', 55)]], {}), 57: ('dialogue.blocks.FeaturedCommentChooserBlock', (), {'label': 'Comment'}), 58: ('wagtail.blocks.CharBlock', (), {'help_text': 'One sentence, shown above the comment.', 'label': 'Why we feature this', 'max_length': 200, 'required': False}), 59: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('there', 'In the thread where it was said'), ('here', 'Under the page that quotes it'), ('nowhere', 'No link to reply')], 'help_text': 'There is no link while comments are closed there.', 'label': 'Where readers reply'}), 60: ('wagtail.blocks.StructBlock', [[('quotation', 57), ('why', 58), ('reply', 59)]], {}), 61: ('wagtail.blocks.TextBlock', (), {'label': 'Words', 'max_length': 3000, 'rows': 6}), 62: ('wagtail.blocks.CharBlock', (), {'help_text': 'As agreed, for example “A reader in Gaspé”.', 'label': 'Name', 'max_length': 120}), 63: ('wagtail.blocks.CharBlock', (), {'help_text': 'A site, a letter, a meeting.', 'label': 'Said where', 'max_length': 120}), 64: ('wagtail.blocks.URLBlock', (), {'label': 'Address', 'required': False}), 65: ('wagtail.blocks.DateBlock', (), {'label': 'Date', 'required': False}), 66: ('wagtail.blocks.BooleanBlock', (), {'label': 'The author gave permission'}), 67: ('wagtail.blocks.CharBlock', (), {'help_text': 'Never shown to readers.', 'label': 'How and when', 'max_length': 200}), 68: ('wagtail.blocks.StructBlock', [[('text', 61), ('name', 62), ('source', 63), ('address', 64), ('date', 65), ('permission', 66), ('permission_given', 67)]], {})}, verbose_name='body')),
                ('host_name', models.CharField(blank=True, max_length=80, verbose_name='host')),
                ('host_role', models.CharField(blank=True, max_length=80, verbose_name="host's role")),
                ('opens_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='opens at')),
                ('closing_words', models.TextField(blank=True, help_text='What came of it, shown once it is closed.', max_length=1000, verbose_name='closing words')),
                ('closing_name', models.CharField(blank=True, help_text='Empty: the host.', max_length=80, verbose_name='signed by')),
                ('closing_role', models.CharField(blank=True, max_length=80, verbose_name='role of who signs')),
                ('closing_date', models.DateField(blank=True, help_text='Empty: the day on which the dialogue closed.', null=True, verbose_name='date of the closing words')),
            ],
            options={
                'verbose_name': 'dialogue',
                'verbose_name_plural': 'dialogues',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='InternalDialogueIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('comment_policy', models.CharField(blank=True, choices=[('hold_all', 'Hold every comment'), ('hold_first_timers', 'Hold the comments of each person until one is published'), ('publish_signed_in', 'Publish comments of signed-in people at once, hold those of guests'), ('publish_all', 'Publish every comment at once')], help_text="Empty: as the site's conversation settings say.", max_length=20, verbose_name='comment policy')),
                ('closed_from', models.TimeField(blank=True, null=True, verbose_name='closed from')),
                ('closed_until', models.TimeField(blank=True, null=True, verbose_name='closed until')),
                ('closed_on_weekends', models.BooleanField(default=False, verbose_name='closed on Saturdays and Sundays')),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'internal dialogues',
                'verbose_name_plural': 'internal dialogues',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='text')),
                ('html', models.TextField(blank=True, editable=False)),
                ('plain', models.TextField(blank=True, editable=False)),
                ('excerpt', models.CharField(blank=True, editable=False, max_length=160, verbose_name='excerpt')),
                ('renderer_version', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('role_label_fr', models.CharField(blank=True, help_text='Shown beside what this person says, for example “Director, crossings”.', max_length=80, verbose_name='role (French)')),
                ('role_label_en', models.CharField(blank=True, help_text='Where one is empty, readers of both languages see the other.', max_length=80, verbose_name='role (English)')),
                ('public_id', models.CharField(default=dialogue.models.identifiers.random_public_id, editable=False, max_length=12, unique=True, verbose_name='identifier')),
                ('depth', models.PositiveSmallIntegerField(default=0)),
                ('path', models.CharField(blank=True, default='', max_length=24)),
                ('last_seq', models.PositiveIntegerField(default=0)),
                ('reply_count', models.PositiveIntegerField(default=0, verbose_name='published replies')),
                ('thread_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('organisation_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='answered at')),
                ('answered_in', models.CharField(blank=True, default='', editable=False, max_length=12)),
                ('shown_until', models.CharField(default='zzzzzzzzzzzzzzzzzzzzzzzz', editable=False, max_length=24)),
                ('author_name', models.CharField(max_length=80, verbose_name='name')),
                ('side', models.CharField(choices=[('organisation', 'organisation'), ('internal', 'employee'), ('external', 'guest')], max_length=12, verbose_name='side')),
                ('language', models.CharField(choices=[('fr', 'French'), ('en', 'English')], max_length=5, verbose_name='language')),
                ('words_language', models.CharField(blank=True, max_length=5, verbose_name='language of the words')),
                ('status', models.CharField(choices=[('unverified', 'to be confirmed'), ('held', 'held'), ('published', 'published'), ('rejected', 'rejected'), ('hidden', 'hidden'), ('withdrawn', 'withdrawn'), ('erased', 'erased')], default='held', max_length=10, verbose_name='status')),
                ('fragment', models.TextField(blank=True, default='', editable=False)),
                ('fragment_version', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='version')),
                ('waiting_version', models.PositiveIntegerField(blank=True, null=True, verbose_name='version that waits')),
                ('published_version', models.PositiveIntegerField(blank=True, null=True, verbose_name='first version published')),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='changed since it was published')),
                ('passage_version', models.PositiveIntegerField(blank=True, null=True, verbose_name='version quoted')),
                ('passage_start', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('passage_end', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('submitted_at', models.DateTimeField(verbose_name='submitted at')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
                ('rejected_at', models.DateTimeField(blank=True, null=True, verbose_name='rejected at')),
                ('hidden_at', models.DateTimeField(blank=True, null=True, verbose_name='hidden at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='erased at')),
                ('quote_consented_at', models.DateTimeField(blank=True, null=True, verbose_name='agreed to be quoted at')),
                ('quote_consent_wording', models.CharField(blank=True, max_length=20, verbose_name='wording agreed to')),
                ('quote_consent_version', models.PositiveIntegerField(blank=True, null=True, verbose_name='version agreed to')),
                ('quote_consent_since', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('idempotency_key', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                ('imported_as', models.CharField(editable=False, max_length=100, null=True, unique=True)),
                ('status_token_digest', models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                ('network_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('signals', models.JSONField(blank=True, default=list, editable=False)),
                ('wants_replies', models.BooleanField(default=False, verbose_name='asked to be told of replies')),
                ('wants_outcomes', models.BooleanField(default=False, verbose_name='agreed to be told of outcomes')),
                ('may_be_asked', models.BooleanField(default=False, verbose_name='agreed to be asked before being quoted')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('device', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.device')),
                ('page', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='dialogue_comments', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='dialogue.comment', verbose_name='in reply to')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='people.participant', verbose_name='participant')),
                ('root', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='thread', to='dialogue.comment')),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'permissions': [('moderate_comment', 'Can publish, reject, hide and restore comments'), ('feature_comment', 'Can feature a comment in a page'), ('speak_for_organisation', 'Can reply for the organisation')],
                'default_permissions': ('view', 'change'),
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='CommentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('posted', 'sent'), ('imported', 'imported'), ('confirmed', 'confirmed'), ('published', 'published'), ('rejected', 'rejected'), ('hidden', 'hidden'), ('restored', 'restored'), ('withdrawn', 'withdrawn'), ('erased', 'erased'), ('edited', 'changed'), ('edit_sent', 'change sent'), ('edit_taken_back', 'change taken back'), ('edit_accepted', 'change accepted'), ('edit_refused', 'change refused'), ('language_corrected', 'language of the words corrected'), ('name_corrected', 'name of the author corrected'), ('quotation_agreed', 'consent to be quoted given'), ('quotation_taken_back', 'consent to be quoted taken back'), ('quotation_asked', 'asked to be quoted'), ('quotation_reminded', 'reminded of the request to be quoted'), ('quotation_declined', 'request to be quoted declined'), ('quotation_crossed', 'quotation shown to the public')], max_length=24, verbose_name='event')),
                ('happened_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date')),
                ('role', models.CharField(choices=[('author', 'the author'), ('moderator', 'a moderator'), ('editor', 'an editor'), ('rule', 'screening'), ('system', 'the portal itself')], max_length=10, verbose_name='by whom')),
                ('side', models.CharField(blank=True, choices=[('organisation', 'organisation'), ('internal', 'employee'), ('external', 'guest')], max_length=12, verbose_name='side')),
                ('status_before', models.CharField(blank=True, choices=[('unverified', 'to be confirmed'), ('held', 'held'), ('published', 'published'), ('rejected', 'rejected'), ('hidden', 'hidden'), ('withdrawn', 'withdrawn'), ('erased', 'erased')], max_length=10, verbose_name='status before')),
                ('status_after', models.CharField(choices=[('unverified', 'to be confirmed'), ('held', 'held'), ('published', 'published'), ('rejected', 'rejected'), ('hidden', 'hidden'), ('withdrawn', 'withdrawn'), ('erased', 'erased')], max_length=10, verbose_name='status after')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='moderator')),
                ('comment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='dialogue.comment', verbose_name='comment')),
            ],
            options={
                'verbose_name': 'event of a comment',
                'verbose_name_plural': 'events of comments',
                'ordering': ['happened_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='CommentRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='text')),
                ('html', models.TextField(blank=True, editable=False)),
                ('plain', models.TextField(blank=True, editable=False)),
                ('excerpt', models.CharField(blank=True, editable=False, max_length=160, verbose_name='excerpt')),
                ('renderer_version', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('words_language', models.CharField(blank=True, max_length=5, verbose_name='language of the words')),
                ('submitted_at', models.DateTimeField(verbose_name='submitted at')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted at')),
                ('may_quote', models.BooleanField(default=False, verbose_name='agreed to be quoted with it')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='dialogue.comment')),
            ],
            options={
                'verbose_name': 'version of a comment',
                'verbose_name_plural': 'versions of comments',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ConversationSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('policy', models.CharField(choices=[('hold_all', 'Hold every comment'), ('hold_first_timers', 'Hold the comments of each person until one is published'), ('publish_signed_in', 'Publish comments of signed-in people at once, hold those of guests'), ('publish_all', 'Publish every comment at once')], default='hold_first_timers', help_text='Sections may choose another. Guests confirm their address first, whatever the policy; what the form finds unusual is held.', max_length=20, verbose_name='policy')),
                ('order', models.CharField(choices=[('oldest', 'Oldest first'), ('newest', 'Newest first')], default='oldest', help_text='What readers see first; they may choose the other.', max_length=6, verbose_name='order of the threads')),
                ('edit_minutes', models.PositiveSmallIntegerField(default=15, help_text='In minutes, counted from when it was sent, also where it is published by then. 0: not at all.', validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='how long people may change a comment')),
                ('history_readers', models.CharField(choices=[('everybody', 'Whoever may read the comment'), ('signed_in', 'Whoever may read the comment, signed in'), ('staff', 'Moderators alone')], default='everybody', help_text='Of what was published, and only while the comment is: what its author withdraws is gone with every version.', max_length=10, verbose_name='who may read the earlier versions of a comment')),
                ('allow_crossing', models.BooleanField(default=False, help_text='A comment made among fewer people may then be quoted on a page that more people read: where its author agrees to just that, under a name of their choice, and a second person here approves it.', verbose_name='show internal comments to the public')),
                ('not_endorsed_fr', models.CharField(blank=True, default='Mettre un commentaire en vedette ne veut pas dire que nous l’approuvons.', max_length=200, verbose_name='line beside a featured comment (French)')),
                ('not_endorsed_en', models.CharField(blank=True, default='Featuring a comment does not mean that we endorse it.', max_length=200, verbose_name='line beside a featured comment (English)')),
                ('privacy_page', models.ForeignKey(blank=True, help_text='Readers get it in their language, where the page has a translation.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='privacy notice')),
                ('rules_page', models.ForeignKey(blank=True, help_text='Readers get it in their language, where the page has a translation.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='rules of the conversation')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'conversation settings',
            },
        ),
        migrations.CreateModel(
            name='FeaturedComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ranges', models.JSONField(blank=True, default=list, verbose_name='excerpt')),
                ('removals', models.JSONField(blank=True, default=list, verbose_name='removed words')),
                ('name_form', models.CharField(choices=[('signed', 'the name as it was signed'), ('first', 'the first name alone'), ('initials', 'the initials'), ('role', 'no name: a reader, an employee')], default='signed', max_length=8, verbose_name='form of the name')),
                ('name_detail', models.CharField(blank=True, max_length=80, verbose_name='beside the role')),
                ('is_pinned', models.BooleanField(default=False, verbose_name='keep this wording')),
                ('placed_at', models.DateTimeField(blank=True, null=True, verbose_name='on the page since')),
                ('withheld_since', models.DateTimeField(blank=True, null=True, verbose_name='not shown since')),
                ('featured_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='featured at')),
                ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked at')),
                ('answer_by', models.DateTimeField(blank=True, null=True, verbose_name='answer until')),
                ('asked_for_public', models.BooleanField(default=False, verbose_name='asked to show it to the public')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='reminded at')),
                ('agreed_at', models.DateTimeField(blank=True, null=True, verbose_name='agreed at')),
                ('agreed_for_public', models.BooleanField(default=False, verbose_name='agreed to show it to the public')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='consent withdrawn at')),
                ('agreed_form', models.CharField(blank=True, choices=[('signed', 'the name as it was signed'), ('first', 'the first name alone'), ('initials', 'the initials'), ('role', 'no name: a reader, an employee'), ('own', 'another name, chosen by the person')], max_length=8, verbose_name='form of the name agreed')),
                ('agreed_name', models.CharField(blank=True, max_length=80, verbose_name='name chosen by the person')),
                ('declined_at', models.DateTimeField(blank=True, null=True, verbose_name='declined at')),
                ('crossed_at', models.DateTimeField(blank=True, null=True, verbose_name='shown to the public since')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='featured', to='dialogue.comment', verbose_name='comment')),
                ('crossed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='shown to the public by')),
                ('rejoinder', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rejoins', to='dialogue.comment', verbose_name='reply of the person quoted')),
                ('featured_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='featured by')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='featured_comments', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dialogue.commentrevision', verbose_name='version quoted')),
            ],
            options={
                'verbose_name': 'featured comment',
                'verbose_name_plural': 'featured comments',
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked for at')),
                ('followed_at', models.DateTimeField(blank=True, null=True, verbose_name='followed since')),
                ('muted_at', models.DateTimeField(blank=True, null=True, verbose_name='muted since')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to='people.participant', verbose_name='participant')),
                ('root', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='dialogue.comment', verbose_name='thread')),
            ],
            options={
                'verbose_name': 'conversation followed or muted',
                'verbose_name_plural': 'conversations followed or muted',
                'ordering': ['-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='FollowNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_told', models.BigIntegerField(default=0)),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='told at')),
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='follow_notice', to='dialogue.comment', verbose_name='comment')),
            ],
            options={
                'verbose_name': 'notice to followers',
                'verbose_name_plural': 'notices to followers',
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('thread_at__isnull', False)), fields=['page', 'thread_at', 'id'], name='dialogue_threads'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('answered_at__isnull', False)), fields=['page', 'thread_at', 'id'], name='dialogue_threads_answered'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('organisation_at__isnull', True), ('thread_at__isnull', False)), fields=['page', 'thread_at', 'id'], name='dialogue_threads_waiting'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('organisation_at__isnull', False)), fields=['page', 'thread_at', 'id'], name='dialogue_threads_voice'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(models.F('page'), models.F('status'), models.OrderBy(models.F('submitted_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='dialogue_page_recent'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(models.F('status'), models.F('submitted_at'), name='dialogue_comment_queue'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(models.F('participant'), models.OrderBy(models.F('submitted_at'), descending=True), name='dialogue_comment_author'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(models.F('device'), condition=models.Q(('device__isnull', False)), name='dialogue_comment_device'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(models.F('network_digest'), models.OrderBy(models.F('submitted_at'), descending=True), name='dialogue_comment_network'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(models.F('submitted_at'), condition=models.Q(('waiting_version__isnull', False)), name='dialogue_comment_changed'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(fields=('root', 'path'), name='dialogue_comment_place'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('depth', 0), ('parent__isnull', True), ('path', ''), ('root__isnull', True)), models.Q(('depth__gt', 0), ('parent__isnull', False), ('root__isnull', False), models.Q(('path', ''), _negated=True)), _connector='OR'), name='dialogue_comment_shape'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['unverified', 'held']), models.Q(('published_at__isnull', False), ('status', 'published')), models.Q(('rejected_at__isnull', False), ('status', 'rejected')), models.Q(('hidden_at__isnull', False), ('status', 'hidden')), models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False)), models.Q(('erased_at__isnull', False), ('status', 'erased')), _connector='OR'), name='dialogue_comment_status_date'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('quote_consent_version__isnull', True), ('quote_consent_wording', ''), ('quote_consented_at__isnull', True)), models.Q(('quote_consent_version__isnull', False), ('quote_consented_at__isnull', False), models.Q(('quote_consent_wording', ''), _negated=True)), _connector='OR'), name='dialogue_comment_quote_consent'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('waiting_version__isnull', True), ('waiting_version__gt', models.F('version')), _connector='OR'), name='dialogue_comment_waiting_version'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('passage_end__isnull', True), ('passage_start__isnull', True)), models.Q(('passage_end__gt', models.F('passage_start')), ('passage_version__isnull', False)), _connector='OR'), name='dialogue_comment_passage'),
        ),
        migrations.AddIndex(
            model_name='commentevent',
            index=models.Index(fields=['comment', 'happened_at'], name='dialogue_event_comment'),
        ),
        migrations.AddIndex(
            model_name='commentevent',
            index=models.Index(models.F('by'), models.OrderBy(models.F('happened_at'), descending=True), condition=models.Q(('by__isnull', False)), name='dialogue_event_moderator'),
        ),
        migrations.AddConstraint(
            model_name='commentevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', False), ('role__in', ('moderator', 'editor'))), models.Q(models.Q(('role__in', ('moderator', 'editor')), _negated=True), ('by__isnull', True)), _connector='OR'), name='dialogue_event_doer'),
        ),
        migrations.AddConstraint(
            model_name='commentevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role', 'author'), models.Q(('side', ''), _negated=True)), models.Q(('role__in', ('moderator', 'editor')), ('side', 'organisation')), models.Q(('role__in', ['rule', 'system']), ('side', '')), _connector='OR'), name='dialogue_event_side'),
        ),
        migrations.AddConstraint(
            model_name='commentevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['posted', 'imported']), ('status_before', '')), models.Q(models.Q(('kind__in', ['posted', 'imported']), _negated=True), models.Q(('status_before', ''), _negated=True)), _connector='OR'), name='dialogue_event_before'),
        ),
        migrations.AddConstraint(
            model_name='commentevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status_before', models.F('status_after')), models.Q(('kind__in', ['posted', 'imported', 'confirmed', 'published', 'rejected', 'hidden', 'restored', 'withdrawn', 'erased']), _negated=True)), models.Q(('kind', 'posted'), ('status_after__in', ['unverified', 'held'])), models.Q(('kind', 'imported'), ('status_after__in', ['held'])), models.Q(('kind', 'confirmed'), ('status_after__in', ['held'])), models.Q(('kind', 'published'), ('status_after__in', ['published'])), models.Q(('kind', 'rejected'), ('status_after__in', ['rejected'])), models.Q(('kind', 'hidden'), ('status_after__in', ['hidden'])), models.Q(('kind', 'restored'), ('status_after__in', ['published'])), models.Q(('kind', 'withdrawn'), ('status_after__in', ['withdrawn'])), models.Q(('kind', 'erased'), ('status_after__in', ['erased'])), _connector='OR'), name='dialogue_event_status'),
        ),
        migrations.AddConstraint(
            model_name='commentrevision',
            constraint=models.UniqueConstraint(fields=('comment', 'version'), name='dialogue_revision_version'),
        ),
        migrations.AddConstraint(
            model_name='featuredcomment',
            constraint=models.CheckConstraint(condition=models.Q(('name_form__in', ['signed', 'first', 'initials', 'role'])), name='dialogue_featured_name_form'),
        ),
        migrations.AddConstraint(
            model_name='featuredcomment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed_form', 'own'), models.Q(('agreed_name', ''), _negated=True)), models.Q(models.Q(('agreed_form', 'own'), _negated=True), ('agreed_name', '')), _connector='OR'), name='dialogue_featured_own_name'),
        ),
        migrations.AddConstraint(
            model_name='featuredcomment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer_by__isnull', False), ('asked_at__isnull', False)), models.Q(('answer_by__isnull', True), ('asked_at__isnull', True), ('asked_for_public', False), ('reminded_at__isnull', True)), _connector='OR'), name='dialogue_featured_request'),
        ),
        migrations.AddConstraint(
            model_name='featuredcomment',
            constraint=models.CheckConstraint(condition=models.Q(('agreed_for_public', False), models.Q(('agreed_at__isnull', False), ('withdrawn_at__isnull', True)), _connector='OR'), name='dialogue_featured_for_public'),
        ),
        migrations.AddIndex(
            model_name='follow',
            index=models.Index(fields=['page', 'root', 'participant'], name='dialogue_follow_subject'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(condition=models.Q(('root__isnull', True)), fields=('participant', 'page'), name='dialogue_follow_page'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(condition=models.Q(('root__isnull', False)), fields=('participant', 'root'), name='dialogue_follow_thread'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.CheckConstraint(condition=models.Q(('followed_at__isnull', True), ('muted_at__isnull', True), _connector='OR'), name='dialogue_follow_wish'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.CheckConstraint(condition=models.Q(('asked_at__isnull', False), ('followed_at__isnull', False), ('muted_at__isnull', False), _connector='OR'), name='dialogue_follow_date'),
        ),
        migrations.AddIndex(
            model_name='follownotice',
            index=models.Index(condition=models.Q(('told_at__isnull', True)), fields=['id'], name='dialogue_notice_open'),
        ),
        migrations.CreateModel(
            name='ReplyInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('block_id', models.CharField(max_length=255, verbose_name='block')),
                ('digest', models.CharField(db_index=True, editable=False, max_length=64)),
                ('invited_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='invited at')),
                ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='refused at')),
                ('invited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
            ],
            options={
                'verbose_name': 'invitation to reply',
                'verbose_name_plural': 'invitations to reply',
                'ordering': ['pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('page', 'block_id', 'digest'), name='dialogue_invitation_once')],
            },
        ),
    ]

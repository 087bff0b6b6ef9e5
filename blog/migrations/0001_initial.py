
import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import modelsearch.index
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('portal', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BlogIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('comment_policy', models.CharField(blank=True, choices=[('hold_all', 'Hold every comment'), ('hold_first_timers', 'Hold the comments of each person until one is published'), ('publish_signed_in', 'Publish comments of signed-in people at once, hold those of guests'), ('publish_all', 'Publish every comment at once')], help_text="Empty: as the site's conversation settings say.", max_length=20, verbose_name='comment policy')),
                ('closed_from', models.TimeField(blank=True, null=True, verbose_name='closed from')),
                ('closed_until', models.TimeField(blank=True, null=True, verbose_name='closed until')),
                ('closed_on_weekends', models.BooleanField(default=False, verbose_name='closed on Saturdays and Sundays')),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'articles',
                'verbose_name_plural': 'article sections',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='VoicesPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'voices',
                'verbose_name_plural': 'pages of voices',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Author',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_key', models.BinaryField(default=b'')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('slug', models.SlugField(allow_unicode=True, blank=True, help_text="Part of the address of this author's articles. Empty: made from the name.", max_length=80, verbose_name='slug')),
                ('role', models.CharField(blank=True, help_text='For example “Director of Communications”.', max_length=120, verbose_name='role')),
                ('biography', models.TextField(blank=True, max_length=600, verbose_name='biography')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('portrait', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='portal.portalimage', verbose_name='portrait')),
                ('user', models.ForeignKey(blank=True, help_text='If this person has an account here.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'author',
                'verbose_name_plural': 'authors',
                'ordering': ['sort_key', 'pk'],
                'abstract': False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='BlogPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('commenting_enabled', models.BooleanField(default=True, verbose_name='take comments')),
                ('comments_close_at', models.DateTimeField(blank=True, help_text='Empty: they stay open.', null=True, verbose_name='comments close at')),
                ('introduction', wagtail.fields.RichTextField(help_text='Two or three sentences that say what this is about. Also shown in lists and feeds.', verbose_name='introduction')),
                ('lead_image_alt', models.CharField(blank=True, help_text='What the picture shows, for those who cannot see it.', max_length=250, verbose_name='text alternative of the lead picture')),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('heading', 3), ('block_quotation', 7), ('pull_quotation', 10), ('callout', 14), ('questions', 19), ('picture', 24), ('gallery', 28), ('video', 34), ('document', 37), ('table', 41), ('key_figures', 47), ('call_to_action', 52), ('related_pages', 56), ('featured_comment', 60), ('comment_from_elsewhere', 68)], blank=True, block_lookup={0: ('portal.blocks.text.ParagraphBlock', (), {}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'max_length': 120}), 2: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', 'Section'), ('h3', 'Subsection')], 'label': 'Level'}), 3: ('wagtail.blocks.StructBlock', [[('text', 1), ('level', 2)]], {}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'rows': 4}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who said or wrote it, and where.', 'label': 'Attribution', 'max_length': 160, 'required': False}), 6: ('wagtail.blocks.URLBlock', (), {'label': 'Address of the source', 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('text', 4), ('attribution', 5), ('source_url', 6)]], {}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'max_length': 240}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'Attribution', 'max_length': 160, 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('text', 8), ('attribution', 9)]], {}), 11: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('note', 'Note'), ('important', 'Important'), ('success', 'Good news')], 'label': 'Kind'}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the name of its kind.', 'label': 'Title', 'max_length': 120, 'required': False}), 13: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Text'}), 14: ('wagtail.blocks.StructBlock', [[('kind', 11), ('title', 12), ('text', 13)]], {}), 15: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 16: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Answer'}), 17: ('wagtail.blocks.StructBlock', [[('question', 15), ('answer', 16)]], {}), 18: ('wagtail.blocks.ListBlock', (17,), {'label': 'Questions', 'min_num': 1}), 19: ('wagtail.blocks.StructBlock', [[('questions', 18)]], {}), 20: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 21: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 22: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the credit kept with the picture.', 'label': 'Credit', 'max_length': 160, 'required': False}), 23: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('text', 'As wide as the text'), ('wide', 'Wider than the text')], 'label': 'Width'}), 24: ('wagtail.blocks.StructBlock', [[('image', 20), ('caption', 21), ('credit', 22), ('width', 23)]], {}), 25: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120, 'required': False}), 26: ('wagtail.blocks.StructBlock', [[('image', 20), ('caption', 21), ('credit', 22)]], {}), 27: ('wagtail.blocks.ListBlock', (26,), {'label': 'Pictures', 'max_num': 24, 'min_num': 2}), 28: ('wagtail.blocks.StructBlock', [[('title', 25), ('pictures', 27)]], {}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'What the video shows.', 'label': 'Title', 'max_length': 160}), 30: ('wagtail.blocks.CharBlock', (), {'help_text': 'Of a video on YouTube or Vimeo.', 'label': 'Address', 'max_length': 500, 'required': False}), 31: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'MP4 or WebM.', 'label': 'Or a file of ours', 'required': False}), 32: ('wagtail.images.blocks.ImageChooserBlock', (), {'help_text': 'The picture shown before it plays.', 'label': 'Poster', 'required': False}), 33: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'help_text': 'What is said and shown, for those who cannot hear or see it.', 'label': 'Transcript', 'required': False}), 34: ('wagtail.blocks.StructBlock', [[('title', 29), ('address', 30), ('file', 31), ('poster', 32), ('caption', 21), ('transcript', 33)]], {}), 35: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 36: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the document’s own title.', 'label': 'Title', 'max_length': 160, 'required': False}), 37: ('wagtail.blocks.StructBlock', [[('document', 35), ('title', 36)]], {}), 38: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'required': False}), 39: ('wagtail.blocks.DecimalBlock', (), {'label': 'Number', 'required': False}), 40: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'label': 'Text with links', 'required': False}), 41: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 38), ('number', 39), ('rich_text', 40)]], {}), 42: ('wagtail.blocks.CharBlock', (), {'help_text': 'With its unit: 94 %, 3.2 M$', 'label': 'Value', 'max_length': 20}), 43: ('wagtail.blocks.CharBlock', (), {'label': 'What it counts', 'max_length': 120}), 44: ('wagtail.blocks.CharBlock', (), {'label': 'Note or source', 'max_length': 160, 'required': False}), 45: ('wagtail.blocks.StructBlock', [[('value', 42), ('label', 43), ('note', 44)]], {}), 46: ('wagtail.blocks.ListBlock', (45,), {'label': 'Figures', 'max_num': 6, 'min_num': 1}), 47: ('wagtail.blocks.StructBlock', [[('figures', 46)]], {}), 48: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'rows': 2}), 49: ('wagtail.blocks.CharBlock', (), {'label': 'Words on the button', 'max_length': 60}), 50: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 51: ('wagtail.blocks.URLBlock', (), {'label': 'Or an address', 'required': False}), 52: ('wagtail.blocks.StructBlock', [[('text', 48), ('label', 49), ('page', 50), ('url', 51)]], {}), 53: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 80, 'required': False}), 54: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page'}), 55: ('wagtail.blocks.ListBlock', (54,), {'label': 'Pages', 'max_num': 6, 'min_num': 1}), 56: ('wagtail.blocks.StructBlock', [[('title', 53), ('pages', 55)]], {}), 57: ('dialogue.blocks.FeaturedCommentChooserBlock', (), {'label': 'Comment'}), 58: ('wagtail.blocks.CharBlock', (), {'help_text': 'One sentence, shown above the comment.', 'label': 'Why we feature this', 'max_length': 200, 'required': False}), 59: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('there', 'In the thread where it was said'), ('here', 'Under the page that quotes it'), ('nowhere', 'No link to reply')], 'help_text': 'There is no link while comments are closed there.', 'label': 'Where readers reply'}), 60: ('wagtail.blocks.StructBlock', [[('quotation', 57), ('why', 58), ('reply', 59)]], {}), 61: ('wagtail.blocks.TextBlock', (), {'label': 'Words', 'max_length': 3000, 'rows': 6}), 62: ('wagtail.blocks.CharBlock', (), {'help_text': 'As agreed, for example “A reader in Gaspé”.', 'label': 'Name', 'max_length': 120}), 63: ('wagtail.blocks.CharBlock', (), {'help_text': 'A site, a letter, a meeting.', 'label': 'Said where', 'max_length': 120}), 64: ('wagtail.blocks.URLBlock', (), {'label': 'Address', 'required': False}), 65: ('wagtail.blocks.DateBlock', (), {'label': 'Date', 'required': False}), 66: ('wagtail.blocks.BooleanBlock', (), {'label': 'The author gave permission'}), 67: ('wagtail.blocks.CharBlock', (), {'help_text': 'Never shown to readers.', 'label': 'How and when', 'max_length': 200}), 68: ('wagtail.blocks.StructBlock', [[('text', 61), ('name', 62), ('source', 63), ('address', 64), ('date', 65), ('permission', 66), ('permission_given', 67)]], {})}, verbose_name='body')),
                ('update_note', models.CharField(blank=True, help_text='What changed since the article was published, in one sentence.', max_length=250, verbose_name='update note')),
                ('updated_on', models.DateField(blank=True, help_text='Empty, with a note: the day the note is saved.', null=True, verbose_name='updated on')),
                ('reading_minutes', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='minutes to read')),
                ('lead_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='portal.portalimage', verbose_name='lead picture')),
                ('source_page', models.ForeignKey(blank=True, help_text='The page whose conversation led to this article. Readers who may read it get a link.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='in response to')),
                ('topics', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='articles', to='portal.topic', verbose_name='topics')),
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='BlogPageAuthor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='article_links', to='blog.author', verbose_name='author')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='author_links', to='blog.blogpage')),
            ],
            options={
                'verbose_name': 'author',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BlogPageTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='blog.blogpage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='blogpage',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='blog.BlogPageTag', to='taggit.Tag', verbose_name='tags'),
        ),
        migrations.CreateModel(
            name='RelatedArticle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='related_links', to='blog.blogpage')),
                ('related_page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='blog.blogpage', verbose_name='article')),
            ],
            options={
                'verbose_name': 'related article',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='author',
            constraint=models.UniqueConstraint(fields=('locale', 'slug'), name='blog_author_slug'),
        ),
        migrations.AlterUniqueTogether(
            name='author',
            unique_together={('translation_key', 'locale')},
        ),
        migrations.AddConstraint(
            model_name='blogpageauthor',
            constraint=models.UniqueConstraint(fields=('page', 'author'), name='blog_author_once'),
        ),
    ]

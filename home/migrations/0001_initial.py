
import django.db.models.deletion
import modelcluster.fields
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('blog', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StandardPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('heading', 3), ('block_quotation', 7), ('pull_quotation', 10), ('callout', 14), ('questions', 19), ('picture', 24), ('gallery', 28), ('video', 34), ('document', 37), ('table', 41), ('key_figures', 47), ('call_to_action', 52), ('related_pages', 56)], blank=True, block_lookup={0: ('portal.blocks.text.ParagraphBlock', (), {}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'max_length': 120}), 2: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', 'Section'), ('h3', 'Subsection')], 'label': 'Level'}), 3: ('wagtail.blocks.StructBlock', [[('text', 1), ('level', 2)]], {}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'rows': 4}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who said or wrote it, and where.', 'label': 'Attribution', 'max_length': 160, 'required': False}), 6: ('wagtail.blocks.URLBlock', (), {'label': 'Address of the source', 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('text', 4), ('attribution', 5), ('source_url', 6)]], {}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'max_length': 240}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'Attribution', 'max_length': 160, 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('text', 8), ('attribution', 9)]], {}), 11: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('note', 'Note'), ('important', 'Important'), ('success', 'Good news')], 'label': 'Kind'}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the name of its kind.', 'label': 'Title', 'max_length': 120, 'required': False}), 13: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Text'}), 14: ('wagtail.blocks.StructBlock', [[('kind', 11), ('title', 12), ('text', 13)]], {}), 15: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 16: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Answer'}), 17: ('wagtail.blocks.StructBlock', [[('question', 15), ('answer', 16)]], {}), 18: ('wagtail.blocks.ListBlock', (17,), {'label': 'Questions', 'min_num': 1}), 19: ('wagtail.blocks.StructBlock', [[('questions', 18)]], {}), 20: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 21: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 22: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the credit kept with the picture.', 'label': 'Credit', 'max_length': 160, 'required': False}), 23: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('text', 'As wide as the text'), ('wide', 'Wider than the text')], 'label': 'Width'}), 24: ('wagtail.blocks.StructBlock', [[('image', 20), ('caption', 21), ('credit', 22), ('width', 23)]], {}), 25: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120, 'required': False}), 26: ('wagtail.blocks.StructBlock', [[('image', 20), ('caption', 21), ('credit', 22)]], {}), 27: ('wagtail.blocks.ListBlock', (26,), {'label': 'Pictures', 'max_num': 24, 'min_num': 2}), 28: ('wagtail.blocks.StructBlock', [[('title', 25), ('pictures', 27)]], {}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'What the video shows.', 'label': 'Title', 'max_length': 160}), 30: ('wagtail.blocks.CharBlock', (), {'help_text': 'Of a video on YouTube or Vimeo.', 'label': 'Address', 'max_length': 500, 'required': False}), 31: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'MP4 or WebM.', 'label': 'Or a file of ours', 'required': False}), 32: ('wagtail.images.blocks.ImageChooserBlock', (), {'help_text': 'The picture shown before it plays.', 'label': 'Poster', 'required': False}), 33: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'help_text': 'What is said and shown, for those who cannot hear or see it.', 'label': 'Transcript', 'required': False}), 34: ('wagtail.blocks.StructBlock', [[('title', 29), ('address', 30), ('file', 31), ('poster', 32), ('caption', 21), ('transcript', 33)]], {}), 35: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 36: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the document’s own title.', 'label': 'Title', 'max_length': 160, 'required': False}), 37: ('wagtail.blocks.StructBlock', [[('document', 35), ('title', 36)]], {}), 38: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'required': False}), 39: ('wagtail.blocks.DecimalBlock', (), {'label': 'Number', 'required': False}), 40: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'label': 'Text with links', 'required': False}), 41: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 38), ('number', 39), ('rich_text', 40)]], {}), 42: ('wagtail.blocks.CharBlock', (), {'help_text': 'With its unit: 94 %, 3.2 M$', 'label': 'Value', 'max_length': 20}), 43: ('wagtail.blocks.CharBlock', (), {'label': 'What it counts', 'max_length': 120}), 44: ('wagtail.blocks.CharBlock', (), {'label': 'Note or source', 'max_length': 160, 'required': False}), 45: ('wagtail.blocks.StructBlock', [[('value', 42), ('label', 43), ('note', 44)]], {}), 46: ('wagtail.blocks.ListBlock', (45,), {'label': 'Figures', 'max_num': 6, 'min_num': 1}), 47: ('wagtail.blocks.StructBlock', [[('figures', 46)]], {}), 48: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'rows': 2}), 49: ('wagtail.blocks.CharBlock', (), {'label': 'Words on the button', 'max_length': 60}), 50: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 51: ('wagtail.blocks.URLBlock', (), {'label': 'Or an address', 'required': False}), 52: ('wagtail.blocks.StructBlock', [[('text', 48), ('label', 49), ('page', 50), ('url', 51)]], {}), 53: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 80, 'required': False}), 54: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page'}), 55: ('wagtail.blocks.ListBlock', (54,), {'label': 'Pages', 'max_num': 6, 'min_num': 1}), 56: ('wagtail.blocks.StructBlock', [[('title', 53), ('pages', 55)]], {})}, verbose_name='body')),
            ],
            options={
                'verbose_name': 'plain page',
                'verbose_name_plural': 'plain pages',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('heading', 3), ('block_quotation', 7), ('pull_quotation', 10), ('callout', 14), ('questions', 19), ('picture', 24), ('gallery', 28), ('video', 34), ('document', 37), ('table', 41), ('key_figures', 47), ('call_to_action', 52), ('related_pages', 56)], blank=True, block_lookup={0: ('portal.blocks.text.ParagraphBlock', (), {}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'max_length': 120}), 2: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', 'Section'), ('h3', 'Subsection')], 'label': 'Level'}), 3: ('wagtail.blocks.StructBlock', [[('text', 1), ('level', 2)]], {}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'rows': 4}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': 'Who said or wrote it, and where.', 'label': 'Attribution', 'max_length': 160, 'required': False}), 6: ('wagtail.blocks.URLBlock', (), {'label': 'Address of the source', 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('text', 4), ('attribution', 5), ('source_url', 6)]], {}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'max_length': 240}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'Attribution', 'max_length': 160, 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('text', 8), ('attribution', 9)]], {}), 11: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('note', 'Note'), ('important', 'Important'), ('success', 'Good news')], 'label': 'Kind'}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the name of its kind.', 'label': 'Title', 'max_length': 120, 'required': False}), 13: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Text'}), 14: ('wagtail.blocks.StructBlock', [[('kind', 11), ('title', 12), ('text', 13)]], {}), 15: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 16: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Answer'}), 17: ('wagtail.blocks.StructBlock', [[('question', 15), ('answer', 16)]], {}), 18: ('wagtail.blocks.ListBlock', (17,), {'label': 'Questions', 'min_num': 1}), 19: ('wagtail.blocks.StructBlock', [[('questions', 18)]], {}), 20: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 21: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 22: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the credit kept with the picture.', 'label': 'Credit', 'max_length': 160, 'required': False}), 23: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('text', 'As wide as the text'), ('wide', 'Wider than the text')], 'label': 'Width'}), 24: ('wagtail.blocks.StructBlock', [[('image', 20), ('caption', 21), ('credit', 22), ('width', 23)]], {}), 25: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120, 'required': False}), 26: ('wagtail.blocks.StructBlock', [[('image', 20), ('caption', 21), ('credit', 22)]], {}), 27: ('wagtail.blocks.ListBlock', (26,), {'label': 'Pictures', 'max_num': 24, 'min_num': 2}), 28: ('wagtail.blocks.StructBlock', [[('title', 25), ('pictures', 27)]], {}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'What the video shows.', 'label': 'Title', 'max_length': 160}), 30: ('wagtail.blocks.CharBlock', (), {'help_text': 'Of a video on YouTube or Vimeo.', 'label': 'Address', 'max_length': 500, 'required': False}), 31: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'MP4 or WebM.', 'label': 'Or a file of ours', 'required': False}), 32: ('wagtail.images.blocks.ImageChooserBlock', (), {'help_text': 'The picture shown before it plays.', 'label': 'Poster', 'required': False}), 33: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'help_text': 'What is said and shown, for those who cannot hear or see it.', 'label': 'Transcript', 'required': False}), 34: ('wagtail.blocks.StructBlock', [[('title', 29), ('address', 30), ('file', 31), ('poster', 32), ('caption', 21), ('transcript', 33)]], {}), 35: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 36: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the document’s own title.', 'label': 'Title', 'max_length': 160, 'required': False}), 37: ('wagtail.blocks.StructBlock', [[('document', 35), ('title', 36)]], {}), 38: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'required': False}), 39: ('wagtail.blocks.DecimalBlock', (), {'label': 'Number', 'required': False}), 40: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'label': 'Text with links', 'required': False}), 41: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 38), ('number', 39), ('rich_text', 40)]], {}), 42: ('wagtail.blocks.CharBlock', (), {'help_text': 'With its unit: 94 %, 3.2 M$', 'label': 'Value', 'max_length': 20}), 43: ('wagtail.blocks.CharBlock', (), {'label': 'What it counts', 'max_length': 120}), 44: ('wagtail.blocks.CharBlock', (), {'label': 'Note or source', 'max_length': 160, 'required': False}), 45: ('wagtail.blocks.StructBlock', [[('value', 42), ('label', 43), ('note', 44)]], {}), 46: ('wagtail.blocks.ListBlock', (45,), {'label': 'Figures', 'max_num': 6, 'min_num': 1}), 47: ('wagtail.blocks.StructBlock', [[('figures', 46)]], {}), 48: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'rows': 2}), 49: ('wagtail.blocks.CharBlock', (), {'label': 'Words on the button', 'max_length': 60}), 50: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 51: ('wagtail.blocks.URLBlock', (), {'label': 'Or an address', 'required': False}), 52: ('wagtail.blocks.StructBlock', [[('text', 48), ('label', 49), ('page', 50), ('url', 51)]], {}), 53: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 80, 'required': False}), 54: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page'}), 55: ('wagtail.blocks.ListBlock', (54,), {'label': 'Pages', 'max_num': 6, 'min_num': 1}), 56: ('wagtail.blocks.StructBlock', [[('title', 53), ('pages', 55)]], {})}, verbose_name='body')),
                ('lead_article', models.ForeignKey(blank=True, help_text='Empty: the newest article.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='blog.blogpage', verbose_name='lead article')),
                ('shows_voice', models.BooleanField(default=True, help_text='A comment that one of the pages quotes.', verbose_name='show a voice')),
                ('voice_page', models.ForeignKey(blank=True, help_text='The voice is the one that this page quotes. Empty: the newest of all.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='page of the voice')),
            ],
            options={
                'verbose_name': 'home page',
                'verbose_name_plural': 'home pages',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NavigationMenu',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
            ],
            options={
                'verbose_name': 'navigation menu',
                'verbose_name_plural': 'navigation menus',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NavigationItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('place', models.CharField(choices=[('header', 'header'), ('footer', 'footer')], default='header', max_length=6, verbose_name='place')),
                ('address', models.CharField(blank=True, help_text='Instead of a page: an address such as https://example.org/ or /en/search/.', max_length=500, verbose_name='address')),
                ('label', models.CharField(blank=True, help_text="Empty, with a page: the page's title.", max_length=40, verbose_name='label')),
                ('page', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
                ('menu', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='home.navigationmenu')),
            ],
            options={
                'verbose_name': 'link',
                'verbose_name_plural': 'links',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='navigationmenu',
            constraint=models.UniqueConstraint(fields=('locale',), name='home_menu_once_per_language'),
        ),
        migrations.AlterUniqueTogether(
            name='navigationmenu',
            unique_together={('translation_key', 'locale')},
        ),
        migrations.AddConstraint(
            model_name='navigationitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('page__isnull', False)), models.Q(('page__isnull', True), models.Q(('address', ''), _negated=True)), _connector='OR'), name='home_link_leads_somewhere', violation_error_message='Choose a page or write an address: one of the two.'),
        ),
    ]


import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_digest', models.CharField(editable=False, max_length=64)),
                ('erased_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='erased at')),
                ('participant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='erasure', to='people.participant', verbose_name='participant')),
            ],
            options={
                'verbose_name': 'erasure',
                'verbose_name_plural': 'erasures',
                'permissions': [('answer_privacy_request', 'Can export and erase what is kept about a person')],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10, verbose_name='consent')),
                ('is_for_one_comment', models.BooleanField(editable=False)),
                ('is_given', models.BooleanField(verbose_name='given')),
                ('wording', models.CharField(max_length=20, verbose_name='wording')),
                ('language', models.CharField(choices=[('fr', 'French'), ('en', 'English')], max_length=5, verbose_name='language')),
                ('place', models.CharField(choices=[('form', 'the comment form'), ('change', 'the form to change a comment'), ('page', 'the personal page'), ('account', 'the account'), ('mail', 'the link in a message'), ('follow', 'the page to follow a conversation')], max_length=10, verbose_name='where')),
                ('cause_id', models.BigIntegerField(blank=True, null=True, verbose_name='comment')),
                ('version', models.PositiveIntegerField(blank=True, null=True, verbose_name='version')),
                ('item_id', models.BigIntegerField(blank=True, null=True, verbose_name='quotation')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.participant', verbose_name='participant')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'ordering': ['-recorded_at', '-pk'],
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['participant', 'kind', '-recorded_at'], name='privacy_consent_last'), models.Index(fields=['cause_id'], name='privacy_consent_cause')],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_for_one_comment', False), ('cause_id__isnull', False), _connector='OR'), name='privacy_consent_for_comment'), models.CheckConstraint(condition=models.Q(('item_id__isnull', True), ('is_for_one_comment', True), _connector='OR'), name='privacy_consent_for_item')],
            },
        ),
    ]


import django.db.models.deletion
import django.utils.timezone
import mail.models.outgoing
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SuppressedAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('reason', models.CharField(choices=[('bounce', 'the address does not exist or refuses mail'), ('complaint', 'the message was reported as unwanted')], max_length=10, verbose_name='reason')),
                ('suppressed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
            ],
            options={
                'verbose_name': 'suppressed address',
                'verbose_name_plural': 'suppressed addresses',
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='MailRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('address', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('about', models.CharField(blank=True, max_length=40, verbose_name='about')),
                ('network_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked at')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
            ],
            options={
                'verbose_name': 'request for a message',
                'verbose_name_plural': 'requests for messages',
                'default_permissions': (),
                'indexes': [models.Index(fields=['network_digest', '-asked_at'], name='mail_request_network')],
            },
        ),
        migrations.CreateModel(
            name='MailLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=20, verbose_name='purpose')),
                ('cause', models.CharField(blank=True, max_length=40, verbose_name='cause')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created at')),
                ('expires_at', models.DateTimeField(verbose_name='expires at')),
                ('uses_left', models.PositiveSmallIntegerField(default=1, verbose_name='uses left')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='last used at')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mail_links', to='people.participant', verbose_name='participant')),
            ],
            options={
                'verbose_name': 'mailed link',
                'verbose_name_plural': 'mailed links',
                'default_permissions': (),
                'indexes': [models.Index(fields=['purpose', 'cause'], name='mail_link_cause')],
            },
        ),
        migrations.CreateModel(
            name='MailPreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(max_length=20, verbose_name='topic')),
                ('frequency', models.CharField(choices=[('immediate', 'at once'), ('daily', 'once a day, in one message'), ('weekly', 'once a week, in one message'), ('never', 'never')], max_length=10, verbose_name='how often')),
                ('chosen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='chosen at')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mail_preferences', to='people.participant', verbose_name='participant')),
            ],
            options={
                'verbose_name': 'mail preference',
                'verbose_name_plural': 'mail preferences',
                'default_permissions': ('view',),
                'constraints': [models.UniqueConstraint(fields=('participant', 'topic'), name='mail_preference_topic')],
            },
        ),
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=mail.models.outgoing.random_mail_id, editable=False, max_length=32, unique=True, verbose_name='identifier')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('cause_id', models.BigIntegerField(blank=True, null=True, verbose_name='cause')),
                ('bundle', models.CharField(blank=True, choices=[('immediate', 'at once'), ('daily', 'once a day, in one message'), ('weekly', 'once a week, in one message'), ('never', 'never')], max_length=10, verbose_name='digest')),
                ('status', models.CharField(choices=[('queued', 'waiting'), ('sent', 'sent'), ('dropped', 'no longer to be sent'), ('dead', 'given up')], default='queued', max_length=10, verbose_name='status')),
                ('queued_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='queued at')),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='due at')),
                ('claimed_until', models.DateTimeField(blank=True, null=True, verbose_name='claimed until')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
                ('fault', models.CharField(blank=True, max_length=200, verbose_name='last fault')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mail', to='people.participant', verbose_name='recipient')),
            ],
            options={
                'verbose_name': 'outgoing message',
                'verbose_name_plural': 'outgoing mail',
                'ordering': ['-queued_at', '-pk'],
                'permissions': [('resend_outgoingmail', 'Can send messages again that were given up')],
                'default_permissions': ('view',),
                'indexes': [models.Index(condition=models.Q(('status', 'queued')), fields=['due_at', 'id'], name='mail_outgoing_queue'), models.Index(fields=['participant', 'kind', '-queued_at'], name='mail_outgoing_recipient')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='mail_outgoing_sent_date')],
            },
        ),
    ]

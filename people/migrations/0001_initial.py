
import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import people.models.participants
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('role_label_fr', models.CharField(blank=True, help_text='Shown beside what this person says, for example “Director, crossings”.', max_length=80, verbose_name='role (French)')),
                ('role_label_en', models.CharField(blank=True, help_text='Where one is empty, readers of both languages see the other.', max_length=80, verbose_name='role (English)')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='email address')),
                ('language', models.CharField(choices=[('fr', 'French'), ('en', 'English')], default='fr', max_length=5, verbose_name='language')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GroupProfile',
            fields=[
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='profile', serialize=False, to='auth.group')),
                ('key', models.CharField(blank=True, choices=[('editors', 'Editors'), ('writers', 'Writers'), ('moderators', 'Comment moderators'), ('answerers', 'Answerers'), ('employees', 'Employees')], max_length=12, verbose_name='key')),
                ('names', models.JSONField(blank=True, default=dict, verbose_name='names')),
            ],
            options={
                'verbose_name': 'profile of a group',
                'verbose_name_plural': 'profiles of groups',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key',), name='one_group_for_each_key')],
            },
        ),
        migrations.CreateModel(
            name='NameShape',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shape', models.TextField()),
                ('is_phrase', models.BooleanField()),
                ('group', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='auth.group')),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'shape of a name',
                'verbose_name_plural': 'shapes of names',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('language', models.CharField(choices=[('fr', 'French'), ('en', 'English')], default='fr', max_length=5, verbose_name='language')),
                ('mail_key', models.CharField(default=people.models.participants.random_mail_key, editable=False, max_length=32, unique=True)),
                ('joined_at', models.DateTimeField(auto_now_add=True, verbose_name='joined at')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='verified at')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='participant', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'participant',
                'verbose_name_plural': 'participants',
            },
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('browser', models.CharField(blank=True, max_length=40, verbose_name='browser')),
                ('system', models.CharField(blank=True, max_length=40, verbose_name='system')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('confirmed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='confirmed at')),
                ('last_used_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last used at')),
                ('expires_at', models.DateTimeField(verbose_name='expires at')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked at')),
                ('page_closes_at', models.DateTimeField(blank=True, null=True, verbose_name='personal page closes at')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to='people.participant', verbose_name='participant')),
            ],
            options={
                'verbose_name': 'device',
                'verbose_name_plural': 'devices',
                'ordering': ['-last_used_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ProviderIdentity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=255, verbose_name='provider')),
                ('subject', models.CharField(max_length=255, verbose_name='known there as')),
                ('linked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='known here since')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='provider_identity', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'identity at the provider',
                'verbose_name_plural': 'identities at the provider',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='UserSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('browser', models.CharField(blank=True, max_length=40, verbose_name='browser')),
                ('system', models.CharField(blank=True, max_length=40, verbose_name='system')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='signed in at')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last seen at')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'ordering': ['-seen_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ProviderSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_tokens', models.TextField(editable=False)),
                ('has_second_step', models.BooleanField(default=False, verbose_name='second step taken there')),
                ('checked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='confirmed by the provider at')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed by the provider until')),
                ('asking_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('unavailable_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='people.provideridentity', verbose_name='identity at the provider')),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='provider_session', to='people.usersession', verbose_name='session')),
            ],
            options={
                'verbose_name': 'session by the provider',
                'verbose_name_plural': 'sessions by the provider',
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='people_user_email', violation_error_message='Somebody already has an account with this address.'),
        ),
        migrations.AddIndex(
            model_name='nameshape',
            index=models.Index(fields=['shape', 'is_phrase'], name='people_shape'),
        ),
        migrations.AddConstraint(
            model_name='nameshape',
            constraint=models.UniqueConstraint(fields=('user', 'shape', 'is_phrase'), name='people_shape_of_user'),
        ),
        migrations.AddConstraint(
            model_name='nameshape',
            constraint=models.UniqueConstraint(fields=('group', 'shape', 'is_phrase'), name='people_shape_of_group'),
        ),
        migrations.AddConstraint(
            model_name='nameshape',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('group__isnull', False), ('user__isnull', True)), models.Q(('group__isnull', True), ('user__isnull', False)), _connector='OR'), name='people_shape_has_one_owner'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(condition=models.Q(('user__isnull', True)), fields=('email',), name='people_participant_guest_email'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(('user__isnull', False), models.Q(('email', ''), _negated=True), _connector='OR'), name='people_participant_is_reachable'),
        ),
        migrations.AddConstraint(
            model_name='provideridentity',
            constraint=models.UniqueConstraint(fields=('issuer', 'subject'), name='people_identity_is_one'),
        ),
        migrations.AddConstraint(
            model_name='provideridentity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issuer', ''), _negated=True), models.Q(('subject', ''), _negated=True)), name='people_identity_is_named'),
        ),
    ]

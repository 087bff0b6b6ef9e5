
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import moderation.models.reasons
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('dialogue', '0002_alter_conversationsettings_policy_and_more'),
        ('people', '0002_sections_of_groups'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('trained_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='trained at')),
                ('decisions', models.PositiveIntegerField(verbose_name='decisions')),
                ('accuracy', models.FloatField(verbose_name='accuracy')),
                ('intercept', models.FloatField()),
            ],
            options={
                'verbose_name': 'training of screening',
                'verbose_name_plural': 'trainings of screening',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='claim', serialize=False, to='dialogue.comment', verbose_name='comment')),
                ('claimed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='taken on at')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken on by')),
            ],
            options={
                'verbose_name': 'claim',
                'verbose_name_plural': 'claims',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment_version', models.PositiveIntegerField(verbose_name='version decided on')),
                ('verb', models.CharField(choices=[('hold', 'held'), ('publish', 'published'), ('reject', 'rejected'), ('hide', 'hidden'), ('restore', 'restored'), ('hold_edit', 'change held'), ('accept', 'change accepted'), ('refuse', 'change refused'), ('keep', 'kept, though flagged'), ('uphold', 'upheld after an appeal'), ('language', 'language of the words corrected')], max_length=10, verbose_name='decision')),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='decided at')),
                ('rule', models.CharField(blank=True, choices=[('guest', 'comments of guests are held here'), ('signals', 'screening noticed something unusual'), ('hold_all', 'every comment is held here'), ('closed_hours', 'nobody moderates at this hour'), ('first_timer', 'nothing by this person has been published yet'), ('organisation', 'speaks for the organisation'), ('known_person', 'this person has been published before'), ('signed_in', 'comments of signed-in people are published here'), ('anybody', 'comments of anybody are published here')], max_length=20, verbose_name='rule')),
                ('signals', models.JSONField(blank=True, default=list, verbose_name='signals')),
                ('risk', models.PositiveSmallIntegerField(default=0, verbose_name='risk')),
                ('reason_code', models.CharField(blank=True, choices=[('off_topic', 'off topic'), ('personal_attack', 'personal attack'), ('advertising', 'advertising'), ('personal_information', 'personal information about somebody'), ('unlawful', 'unlawful content'), ('duplicate', 'duplicate of another comment'), ('other', 'another reason')], max_length=30, verbose_name='reason')),
                ('reason_text', models.TextField(blank=True, max_length=500, verbose_name='explanation')),
                ('note', models.TextField(blank=True, max_length=500, verbose_name='note for colleagues')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='dialogue.comment', verbose_name='comment')),
                ('event', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='dialogue.commentevent', verbose_name='event of a comment')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
                'ordering': ['-decided_at', '-pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, max_length=5000, verbose_name='in their own words')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='appealed at')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='dialogue.comment', verbose_name='comment')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='moderation.decision', verbose_name='decision')),
                ('outcome', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appeal_answered', to='moderation.decision', verbose_name='outcome')),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
                'ordering': ['-made_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DecisionSeal',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='place in the log')),
                ('words', models.CharField(max_length=64, verbose_name='digest of the words')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='digest')),
                ('sealed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sealed at')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='moderation.decision', verbose_name='decision')),
            ],
            options={
                'verbose_name': 'seal of a decision',
                'verbose_name_plural': 'seals of decisions',
                'ordering': ['number'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comment_version', models.PositiveIntegerField(verbose_name='version flagged')),
                ('reason_code', models.CharField(choices=[('off_topic', 'It is off topic'), ('attack', 'It insults or harasses somebody'), ('personal_data', 'It tells personal things about somebody'), ('advertising', 'It is spam or advertising'), ('false', 'It spreads false information'), ('illegal', 'It is illegal'), ('other', 'Something else')], max_length=20, verbose_name='reason')),
                ('text', models.TextField(blank=True, max_length=1000, verbose_name='in their own words')),
                ('law', models.TextField(blank=True, max_length=1000, verbose_name='which law, or why it is illegal')),
                ('place', models.TextField(blank=True, max_length=1000, verbose_name='which words')),
                ('concerns_children', models.BooleanField(default=False, verbose_name='said to be about sexual abuse of children')),
                ('is_in_good_faith', models.BooleanField(default=False, verbose_name='said to be in good faith')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('wants_result', models.BooleanField(default=False, verbose_name='asked to be told the result')),
                ('language', models.CharField(choices=[('fr', 'French'), ('en', 'English')], default='fr', max_length=5, verbose_name='language')),
                ('person_digest', models.CharField(editable=False, max_length=64)),
                ('network_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('form_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('weight', models.PositiveSmallIntegerField(default=20, editable=False)),
                ('signals', models.JSONField(blank=True, default=list, verbose_name='signals')),
                ('flagged_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='flagged at')),
                ('state', models.CharField(choices=[('open', 'open'), ('upheld', 'upheld: the comment was removed'), ('dismissed', 'dismissed: the comment was kept')], default='open', max_length=10, verbose_name='state')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled at')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='dialogue.comment', verbose_name='comment')),
                ('participant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='flags', to='people.participant', verbose_name='participant')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by')),
            ],
            options={
                'verbose_name': 'flag',
                'verbose_name_plural': 'flags',
                'ordering': ['-flagged_at', '-pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_digest', models.CharField(db_index=True, editable=False, max_length=64)),
                ('kind', models.CharField(choices=[('warning', 'warning'), ('holding', 'every comment held'), ('suspension', 'suspension'), ('ban', 'ban')], max_length=10, verbose_name='measure')),
                ('reach', models.CharField(choices=[('everywhere', 'everywhere, internal dialogues too'), ('public', 'wherever everybody may read'), ('section', 'in one section')], max_length=10, verbose_name='where')),
                ('reason_code', models.CharField(choices=[('off_topic', 'off topic'), ('personal_attack', 'personal attack'), ('advertising', 'advertising'), ('personal_information', 'personal information about somebody'), ('unlawful', 'unlawful content'), ('duplicate', 'duplicate of another comment'), ('other', 'another reason')], max_length=30, verbose_name='reason')),
                ('reason_text', models.TextField(blank=True, max_length=500, verbose_name='explanation')),
                ('note', models.TextField(blank=True, max_length=500, verbose_name='note for colleagues')),
                ('taken_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='taken at')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends at')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='lifted at')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='dialogue.comment', verbose_name='comment')),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lifted by')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='people.participant', verbose_name='participant')),
                ('section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='section')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken by')),
            ],
            options={
                'verbose_name': 'measure',
                'verbose_name_plural': 'measures',
                'ordering': ['-taken_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ModerationSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('appeal_days', models.PositiveSmallIntegerField(default=30, help_text='In days, from when a comment was rejected or hidden. Somebody else decides on the appeal. 0: not at all.', validators=[django.core.validators.MaxValueValidator(365)], verbose_name='how long authors may appeal')),
                ('shows_counts', models.BooleanField(default=False, help_text='On a page that the rules of the conversation lead to: a number for each reason and quarter, of public conversations alone, and none below 5.', verbose_name='tell the public how often comments are rejected or hidden')),
                ('off_topic_fr', models.TextField(blank=True, max_length=1000, validators=[moderation.models.reasons.refuse_placeholders], verbose_name='in French')),
                ('off_topic_en', models.TextField(blank=True, max_length=1000, validators=[moderation.models.reasons.refuse_placeholders], verbose_name='in English')),
                ('personal_attack_fr', models.TextField(blank=True, max_length=1000, validators=[moderation.models.reasons.refuse_placeholders], verbose_name='in French')),
                ('personal_attack_en', models.TextField(blank=True, max_length=1000, validators=[moderation.models.reasons.refuse_placeholders], verbose_name='in English')),
                ('advertising_fr', models.TextField(blank=True, max_length=1000, validators=[moderation.models.reasons.refuse_placeholders], verbose_name='in French')),
                ('advertising_en', models.TextField(blank=True, max_length=1000, validators=[moderation.models.reasons.refuse_placeholders], verbose_name='in English')),
                ('personal_information_fr', models.TextField(blank=True, max_length=1000, validators=[moderation.models.reasons.refuse_placeholders], verbose_name='in French')),
                ('personal_information_en', models.TextField(blank=True, max_length=1000, validators=[moderation.models.reasons.refuse_placeholders], verbose_name='in English')),
                ('unlawful_fr', models.TextField(blank=True, max_length=1000, validators=[moderation.models.reasons.refuse_placeholders], verbose_name='in French')),
                ('unlawful_en', models.TextField(blank=True, max_length=1000, validators=[moderation.models.reasons.refuse_placeholders], verbose_name='in English')),
                ('duplicate_fr', models.TextField(blank=True, max_length=1000, validators=[moderation.models.reasons.refuse_placeholders], verbose_name='in French')),
                ('duplicate_en', models.TextField(blank=True, max_length=1000, validators=[moderation.models.reasons.refuse_placeholders], verbose_name='in English')),
                ('other_fr', models.TextField(blank=True, max_length=1000, validators=[moderation.models.reasons.refuse_placeholders], verbose_name='in French')),
                ('other_en', models.TextField(blank=True, max_length=1000, validators=[moderation.models.reasons.refuse_placeholders], verbose_name='in English')),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'moderation settings',
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_about_author', models.BooleanField(default=False, verbose_name='about the author')),
                ('text', models.TextField(max_length=1000, verbose_name='note')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written at')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='dialogue.comment', verbose_name='comment')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'note',
                'verbose_name_plural': 'notes',
                'ordering': ['-written_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='PendingDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('hold', 'held'), ('publish', 'published'), ('reject', 'rejected'), ('hide', 'hidden'), ('restore', 'restored'), ('hold_edit', 'change held'), ('accept', 'change accepted'), ('refuse', 'change refused'), ('keep', 'kept, though flagged'), ('uphold', 'upheld after an appeal'), ('language', 'language of the words corrected')], max_length=10, verbose_name='decision')),
                ('version', models.PositiveIntegerField(verbose_name='version decided on')),
                ('status', models.CharField(choices=[('unverified', 'to be confirmed'), ('held', 'held'), ('published', 'published'), ('rejected', 'rejected'), ('hidden', 'hidden'), ('withdrawn', 'withdrawn'), ('erased', 'erased')], max_length=10, verbose_name='status')),
                ('last_flag', models.BigIntegerField(editable=False, null=True)),
                ('reason_code', models.CharField(blank=True, choices=[('off_topic', 'off topic'), ('personal_attack', 'personal attack'), ('advertising', 'advertising'), ('personal_information', 'personal information about somebody'), ('unlawful', 'unlawful content'), ('duplicate', 'duplicate of another comment'), ('other', 'another reason')], max_length=30, verbose_name='reason')),
                ('reason_text', models.TextField(blank=True, max_length=500, verbose_name='explanation')),
                ('note', models.TextField(blank=True, max_length=500, verbose_name='note for colleagues')),
                ('batch', models.CharField(editable=False, max_length=32)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='decided at')),
                ('due_at', models.DateTimeField(verbose_name='takes effect at')),
                ('refusal', models.TextField(blank=True, verbose_name='why it was not done')),
                ('appeal', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='moderation.appeal')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pending_decisions', to='dialogue.comment', verbose_name='comment')),
            ],
            options={
                'verbose_name': 'pending decision',
                'verbose_name_plural': 'pending decisions',
                'ordering': ['due_at', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL, verbose_name='user')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last seen at')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='dialogue.comment', verbose_name='comment')),
            ],
            options={
                'verbose_name': 'presence',
                'verbose_name_plural': 'presences',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ScreeningTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(help_text='A word or several. Case, accents and look-alike letters do not matter. A star at the end stands for any ending (“casino*”), at the beginning of a single word for any beginning.', max_length=100, verbose_name='term')),
                ('kind', models.CharField(choices=[('blocked', 'Blocked: always held, as what weighs most'), ('suspect', 'Suspect: always held'), ('noted', 'Noted: adds to other signs, and holds nothing alone')], default='suspect', max_length=8, verbose_name='kind')),
                ('language', models.CharField(blank=True, choices=[('fr', 'French'), ('en', 'English')], help_text='Empty: in comments in any language.', max_length=5, verbose_name='language')),
                ('note', models.CharField(blank=True, help_text='Why it is looked for; moderators read it.', max_length=200, verbose_name='note')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added at')),
                ('folded', models.CharField(editable=False, max_length=200)),
                ('section', models.ForeignKey(blank=True, help_text='Empty: everywhere. Otherwise on this page and below it.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='section')),
            ],
            options={
                'verbose_name': 'screening term',
                'verbose_name_plural': 'screening terms',
                'ordering': ['folded', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ScreeningTrace',
            fields=[
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='dialogue.comment', verbose_name='comment')),
                ('page_id', models.BigIntegerField(verbose_name='page')),
                ('digest', models.BigIntegerField(null=True)),
                ('first', models.BigIntegerField(null=True)),
                ('second', models.BigIntegerField(null=True)),
                ('sketch', models.JSONField(default=list)),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'trace of a comment',
                'verbose_name_plural': 'traces of comments',
                'default_permissions': (),
                'indexes': [models.Index(fields=['digest'], name='moderation_trace_digest'), models.Index(fields=['first'], name='moderation_trace_first'), models.Index(fields=['second'], name='moderation_trace_second'), models.Index(fields=['page_id', 'noted_at'], name='moderation_trace_recent'), models.Index(fields=['noted_at'], name='moderation_trace_time')],
            },
        ),
        migrations.CreateModel(
            name='LearnedWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=30, unique=True, verbose_name='word')),
                ('rarity', models.FloatField()),
                ('weight', models.FloatField()),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='moderation.training')),
            ],
            options={
                'verbose_name': 'learned word',
                'verbose_name_plural': 'learned words',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='WaitingNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='noted at')),
                ('besides', models.ForeignKey(db_index=False, help_text='Whoever took the decision that is appealed against does not decide on it again.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who is not told')),
                ('page', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
            ],
            options={
                'verbose_name': 'notice to moderators',
                'verbose_name_plural': 'notices to moderators',
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(models.OrderBy(models.F('decided_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='moderation_decision_log'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('by__isnull', False)), fields=['by', '-decided_at', '-id'], name='moderation_decision_own'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', True), models.Q(('rule', ''), _negated=True)), models.Q(('by__isnull', False), ('rule', '')), _connector='OR'), name='moderation_decision_decider'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verb__in', ['reject', 'hide', 'refuse']), _negated=True), models.Q(('reason_code', ''), _negated=True), _connector='OR'), name='moderation_decision_reason'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event__isnull', True), ('verb__in', ('hold', 'hold_edit', 'keep', 'uphold'))), models.Q(models.Q(('verb__in', ('hold', 'hold_edit', 'keep', 'uphold')), _negated=True), ('event__isnull', False)), _connector='OR'), name='moderation_decision_event'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', None)), fields=('comment',), name='moderation_appeal_open'),
        ),
        migrations.AddIndex(
            model_name='flag',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['comment'], name='moderation_flag_open'),
        ),
        migrations.AddIndex(
            model_name='flag',
            index=models.Index(fields=['person_digest', '-flagged_at'], name='moderation_flag_person'),
        ),
        migrations.AddIndex(
            model_name='flag',
            index=models.Index(fields=['network_digest', '-flagged_at'], name='moderation_flag_network'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.UniqueConstraint(fields=('comment', 'comment_version', 'person_digest'), name='moderation_flag_once'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='moderation_flag_settled'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('reason_code', ''), _negated=True), name='moderation_measure_reason'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends_at__isnull', True), ('kind', 'warning')), models.Q(('ends_at__gt', models.F('taken_at')), ('ends_at__isnull', False), ('kind', 'suspension')), models.Q(('kind__in', ['holding', 'ban']), models.Q(('ends_at__isnull', True), ('ends_at__gt', models.F('taken_at')), _connector='OR')), _connector='OR'), name='moderation_measure_end'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', True), ('lifted_by__isnull', True)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='moderation_measure_lifted'),
        ),
        migrations.AddIndex(
            model_name='pendingdecision',
            index=models.Index(fields=['by', 'batch'], name='moderation_pending_batch'),
        ),
        migrations.AddConstraint(
            model_name='pendingdecision',
            constraint=models.UniqueConstraint(condition=models.Q(('refusal', '')), fields=('comment',), name='moderation_pending_once'),
        ),
        migrations.AddConstraint(
            model_name='screeningterm',
            constraint=models.UniqueConstraint(condition=models.Q(('section__isnull', True)), fields=('folded', 'language'), name='moderation_term_everywhere'),
        ),
        migrations.AddConstraint(
            model_name='screeningterm',
            constraint=models.UniqueConstraint(condition=models.Q(('section__isnull', False)), fields=('folded', 'language', 'section'), name='moderation_term_in_section'),
        ),
    ]

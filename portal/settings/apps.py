"""What the portal is made of: its apps and those of others, and what a request passes on its way."""

# The upper apps first: their receivers act before those of `portal`, which compares what readers see then
# (decision 32), and their templates stand before Wagtail's.
INSTALLED_APPS = [
    "home",
    "blog",
    "moderation",
    "dialogue",
    "privacy",
    "mail",
    "people",
    "portal",
    "wagtail_modeladmin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "people.apps.PeopleUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.admin",  # not mounted: wagtail-modeladmin's filters ask for its classes
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.forms",  # so that our templates for Wagtail's fields are found
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",  # asked for by Wagtail's search on PostgreSQL; harmless on SQLite
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.page_store.middleware.PageStoreMiddleware",  # outermost: it keeps what the others make
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # before the session: static files ask for nobody
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "portal.middleware.IsolationMiddleware",  # before anything is looked up for another site
    "portal.middleware.FaultMiddleware",  # inside what writes headers, which pages of errors have too
    "portal.middleware.EditionMiddleware",  # outside all that remembers
    "portal.middleware.GoingBackMiddleware",  # outside all that says by what its answers vary
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.RootLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # In this order: whether the session still holds, whether the provider confirms it, what is lacking yet.
    "people.middleware.SessionLimitsMiddleware",
    "people.middleware.ProviderMiddleware",
    "people.middleware.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Inside all that writes headers, so that its "not found" is any other's; outside the redirects, which
    # would tell where an internal page has gone.
    "portal.middleware.ViewRestrictionMiddleware",
    # Inside the restrictions, which answer alike whatever is sent, and inside those that sign somebody out.
    "people.middleware.SignedOutMiddleware",
    "portal.middleware.DiscreetRedirectMiddleware",
]

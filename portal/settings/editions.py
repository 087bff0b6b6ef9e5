"""What may change without a word to the pages: the models of which no page shows anything it remembers.

Every other model moves the edition when one of its rows is saved or deleted (`portal.editions`): a new model
is on the safe side until somebody writes here why it need not be. A house test asks for that thought.
"""

# Written often, and shown by no page but one that asks for it each time.
SPARED_MODELS = {
    "account.EmailAddress": "how somebody signs in",
    "account.EmailConfirmation": "how somebody signs in",
    "admin.LogEntry": "nobody writes it: that admin is not mounted",
    "contenttypes.ContentType": "made by migrations",
    "dialogue.Comment": "read anew at each view; where one is quoted, `dialogue.signals` moves the edition",
    "dialogue.CommentEvent": "the log of what happened to comments",
    "dialogue.CommentRevision": "written with its comment, which speaks for it",
    "dialogue.Conversation": "the count of comments, read anew at each view",
    "dialogue.Follow": "who is told of what",
    "dialogue.FollowNotice": "who is told of what",
    "django_tasks_database.DBTaskResult": "work that waits",
    "mfa.Authenticator": "how somebody signs in",
    "moderation.Decision": "the log of moderation",
    "moderation.Flag": "seen by moderators alone",
    "moderation.WaitingNotice": "who is told of what",
    "people.NameShape": "what visitors may not be called",
    "privacy.Consent": "the register of consents; what is quoted is decided by the comment and the quotation",
    "people.Device": "trusted devices",
    "privacy.Erasure": "the log of erasures",
    "mail.MailLink": "links in mail",
    "mail.MailPreference": "what somebody is told by mail",
    "mail.MailRequest": "how often mail was asked for",
    "mail.OutgoingMail": "mail",
    "people.Participant": "comments carry the name under which they were made",
    "people.ProviderIdentity": "how somebody signs in",
    "people.ProviderSession": "how somebody signs in",
    "mail.SuppressedAddress": "mail",
    "people.User": "the reader's own name stands outside of what is remembered",
    "people.UserSession": "who is signed in",
    "people.User_groups": "what a reader may pass is asked at each view",
    "people.User_user_permissions": "what a reader may do is asked at each view",
    "portal.CacheEntry": "the table of the cache",
    "portal.Edition": "the number itself",
    "portal.FailingJob": "what the portal notes for itself",
    "sessions.Session": "who is signed in",
    "wagtailadmin.EditingSession": "who is writing what in the admin",
    "wagtailadmin.FormState": "what is being written in the admin",
    "wagtailcore.APIToken": "how a program signs in",
    "wagtailcore.Comment": "remarks on drafts, which are switched off",
    "wagtailcore.CommentReply": "remarks on drafts, which are switched off",
    "wagtailcore.ModelLogEntry": "the log of the admin",
    "wagtailcore.PageLogEntry": "the log of the admin",
    "wagtailcore.PageSubscription": "what somebody is told by mail",
    "wagtailcore.ReferenceIndex": "what stands where, for the admin",
    "wagtailcore.Revision": "a draft: publishing it saves the page",
    "wagtailcore.TaskState": "the way of a draft through the admin",
    "wagtailcore.UploadedFile": "a file on its way into the admin",
    "wagtailcore.WorkflowState": "the way of a draft through the admin",
    "wagtailsearch.IndexEntry": "the index of the search, asked anew each time",
    "wagtailsearch.SQLiteFTSIndexEntry": "the index of the search, asked anew each time",
    "wagtailusers.UserProfile": "how somebody likes the admin",
}
# These change nothing by being added, only by being changed or deleted.
SPARED_WHEN_ADDED = {
    "portal.PortalRendition": "a picture is cut to size when it is first shown",
}

"""The organisation's identity provider: how it is found, asked and believed (OpenID Connect, SAML 2.0)."""

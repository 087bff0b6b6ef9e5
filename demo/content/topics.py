"""The subjects under which Nordet files its articles."""

from demo.content.shapes import Topic

TOPICS = (
    Topic("service", "Service", "Service", "service", "service"),
    Topic("safety", "Sécurité", "Safety", "securite", "safety"),
    Topic("accessibility", "Accessibilité", "Accessibility", "accessibilite", "accessibility"),
    Topic("energy", "Énergie", "Energy", "energie", "energy"),
    Topic("people", "Nos gens", "Our people", "nos-gens", "our-people"),
    Topic("conversation", "Conversation", "Conversation", "conversation", "conversation"),
)

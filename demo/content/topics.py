"""The subjects under which Nordet files its articles."""

from demo.content.shapes import Topic

TOPICS = (
    Topic(
        key="service",
        name_fr="Service",
        name_en="Service",
        slug_fr="service",
        slug_en="service",
        introduction_fr="Les horaires, les arrêts, les correspondances : ce qui change, et pourquoi.",
        introduction_en="Timetables, stops, connections: what changes, and why.",
    ),
    Topic(
        key="safety",
        name_fr="Sécurité",
        name_en="Safety",
        slug_fr="securite",
        slug_en="safety",
        introduction_fr="La glace, le vent, la nuit : ce que nous faisons pour que chacun rentre.",
        introduction_en="Ice, wind, night: what we do so that everybody gets home.",
    ),
    Topic(
        key="accessibility",
        name_fr="Accessibilité",
        name_en="Accessibility",
        slug_fr="accessibilite",
        slug_en="accessibility",
        introduction_fr="Des quais, des bateaux et des écrans dont tout le monde peut se servir.",
        introduction_en="Quays, boats and screens that everybody can use.",
    ),
    Topic(
        key="energy",
        name_fr="Énergie",
        name_en="Energy",
        slug_fr="energie",
        slug_en="energy",
        introduction_fr="Moins de diesel, chiffres à l’appui, ceux qui nous plaisent et les autres.",
        introduction_en="Less diesel, with the figures, those we like and the others.",
    ),
    Topic(
        key="people",
        name_fr="Nos gens",
        name_en="Our people",
        slug_fr="nos-gens",
        slug_en="our-people",
        introduction_fr="Celles et ceux qui conduisent, réparent, répondent et planifient.",
        introduction_en="Those who drive, repair, answer and plan.",
    ),
    Topic(
        key="conversation",
        name_fr="Conversation",
        name_en="Conversation",
        slug_fr="conversation",
        slug_en="conversation",
        introduction_fr="Ce que vous nous avez dit, et ce que nous en avons fait.",
        introduction_en="What you told us, and what we made of it.",
    ),
)

"""The people and the words of the founding case."""

from demo.cast import find_guest, find_sign_in

ADMINISTRATOR, EDITOR, MODERATOR = find_sign_in("sylvio"), find_sign_in("maude"), find_sign_in("fanny")
EMPLOYEE = find_sign_in("karim")
FIRST_VISITOR, SECOND_VISITOR = find_guest("odile"), find_guest("bertrand")

TITLE = "Le dernier bateau part-il trop tôt?"
TWIN_TITLE = "Does the last boat leave too early?"
SOURCE = "https://example.org/horaire"
COMMENT = [
    "Je prends ce bateau quatre soirs par semaine, et je ne suis pas un chiffre.",
    "Votre tableau compte qui monte à bord. Il ne compte pas qui a dû renoncer à son quart de travail.",
    f"J’ai comparé avec [l’horaire d’il y a dix ans]({SOURCE}) : nous avons perdu une heure.",
    "Venez à bord un mardi de février. *Ensuite*, nous parlerons.",
]
ANSWER_TITLE = "Odile a raison : nous comptions mal"
ANSWER = "Une passagère nous a écrit que nos nombres oublient celles et ceux qui renoncent. Elle a raison."
REMARK = "Merci. Comptez aussi le traversier de l’île, s’il vous plaît."
REPLY = "Bonne idée, Bertrand : celui de l’île est encore plus tôt."
SHARE_TARGETS = ["pinterest", "linkedin", "facebook", "x", "mastodon", "mail", "copy"]
SHARED_AT = {"www.pinterest.com", "www.linkedin.com", "www.facebook.com", "x.com"}
PUBLIC_QUESTION = "Quel arrêt devrions-nous déplacer en premier?"
INTERNAL_TITLE = "Le temps perdu au changement de quart"
INTERNAL_QUESTION = "Où perdez-vous du temps sans que personne le voie?"

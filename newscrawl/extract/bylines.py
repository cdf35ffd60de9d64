"""The vocabulary of bylines: what stands before, between, after and instead of names."""

import re


def _any(text: str) -> str:
    """Words and patterns separated by blank space, `_` for a space inside one → alternatives of an expression."""
    return "|".join(part.replace("_", r"\s+") for part in text.split())


# "By" in the languages newspapers print it in, the verbs before it, and the labels that do the same work.
_VERBS = _any(
    """written authored contributed posted published reported story text articles? stories words post guest_post
    (?:this_)?(?:article|post|story)_was_(?:written|contributed) photos_and_story story_and_photos
    geschrieben verfasst erstellt eingestellt artikel bericht beitrag (?:zeige_)?alle_beiträge eine_analyse
    ein_(?:artikel|beitrag|kommentar|bericht|gastbeitrag) escrito publicado publié rédigé écrit scritto skrevet"""
)
_PREPOSITIONS = _any("by von por par (?-i:di|da|do) door av af przez")
_LABELS = _any(
    """authors? autor(?:en|in|es|a)? auteurs? autore text texte texto testo author_name written (?:written_)?more_about
    contributors? écrit_par escribe автор текст بقلم كتب 文 作者 記者 记者 撰文 編輯 投稿者 執筆 기자"""
)
# As labels of whole words, in the languages that the prepositions above do not cover.
_LABELS += "|" + _any(
    """geschreven_door skriven_av scris_de autorstwa napsala? napísala? szerző írta yazan kirjoittanut teksti oleh
    penulis viết_bởi tác_giả โดย ผู้เขียน द्वारा लेखक লেখক எழுதியவர் 글 συντάκτης γράφε[ιη] από_τ(?:ον|ην) מאת
    נכתב_על_ידי نویسنده نوشته به_قلم تحریر написала? пише від piše napisa(?:o|la) autorius autore 撰稿 取材"""
)
BY = re.compile(rf"^\W*(?:(?:(?:{_VERBS})\s+)?(?:{_PREPOSITIONS})|{_LABELS})(?:\s*[:：/]\s*|\s+)", re.IGNORECASE)
"""The words a byline begins with."""
BY_AFTER_DATE = re.compile(rf"^.{{0,40}}\d{{4}}\W+(?=(?:{_PREPOSITIONS})\s+[^\W\d_])", re.IGNORECASE)
"""A day in front of a byline on the same line."""
GLUED_BY = re.compile(r"^\W*By(?:by\s+)?(?=[A-Z]\w)")
_OTHER_WORK_WORDS = _any("""
    reviewed edited checked updated photograph(?:y|ed|s)? photos? fotos? image bild illustrat(?:ion|ed)
        übersetz(?:t|ung) translat(?:ed|ion) traduction geprüft""")
OTHER_WORK = re.compile(
    rf"^\W*(?:(?:medically|expert|fact)[- ])?(?:{_OTHER_WORK_WORDS})\b",
    re.IGNORECASE,
)
"""Whoever reviewed, edited or photographed it did not write it."""
MAIL_AND_NAME = re.compile(r"^[^\s@]{1,64}@[^\s@()]{3,100}\s+\(([^()]{2,80})\)$")
"""An address and whose it is, as RSS writes authors."""
HOUSE = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]|\s(?:for|für|pour|via|/)\s+([^\d]{2,40})$", re.IGNORECASE)
"""The house a person writes for."""
IN_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,200}[)\]]|[(\[].*$")
_SPLIT_WORDS = _any("and und et y e og och en ja ve i и та και dan và és și şi with mit avec con")
SPLIT = re.compile(
    rf"\s*(?:[;|/•·\n]|、|，|,(?!\s*(?:jr|sr|ii|iii|iv)\b)|(?<=\s)(?:&|[-–—])(?=\s)|(?<=\s)(?:{_SPLIT_WORDS})(?=\s))\s*",
    re.IGNORECASE,
)
"""What stands between two names."""
_TAIL_WORDS = _any("published updated posted last_updated aktualisiert veröffentlicht publié publicado hace on am in")
TAIL = re.compile(
    rf"\s*(?:https?://.*|@\w.*|<.*|\d.*|\b(?:{_TAIL_WORDS})\b.*|\s(?:for|für|pour|via|at|bei)\s+\S.*)$",
    re.IGNORECASE,
)
"""What follows a name and is none of it: an address, a time, the paper."""
_DATE_TAIL_WORDS = _any("""
    jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october
        nov november dec december januar februar märz mai juni juli oktober dezember enero febrero marzo abril mayo
        junio julio agosto septiembre octubre noviembre diciembre janvier février mars avril juin juillet août
        septembre octobre novembre décembre monday tuesday wednesday thursday friday saturday sunday montag dienstag
        mittwoch donnerstag freitag samstag sonntag le vom den""")
DATE_TAIL = re.compile(
    rf"(?:^|\s+)(?:{_DATE_TAIL_WORDS})\.?$",
    re.IGNORECASE,
)
SHOUTED_TAIL = re.compile(r"^((?:[^\W\d_][\w'’.-]*[a-z][\w'’.-]*\s+){2,4})(?:[A-Z]{2,}\s*){1,5}$")
"""A name, and the paper's in capitals."""
_JOB_TAIL_WORDS = _any("""
    head chief senior junior lead marketing staff managing executive deputy assistant associate special political
        business sports? freelance contributing expert founder co-founder ceo cto cfo vp president director manager
        editor reporter correspondent writer redakteur(?:in)? autor(?:in)? journalist(?:in)? full-stack software product
        attorney photographer columnist""")
JOB_TAIL = re.compile(
    rf"^((?:[^\W\d_][\w'’.-]*\s+){{2,3}}?)(?:{_JOB_TAIL_WORDS})\b.*$",
    re.IGNORECASE,
)
"""A name, and where the job begins: "Jane Doe Senior Reporter"."""
SUFFIX = re.compile(r"\s*(?:기자|특파원|논설위원|인턴기자|記者|记者|特派員|編集委員)$")
GLUED_JOB = re.compile(
    r"(?<=[a-z])(?:Co-?founder|Founder|Editor|Writer|Reporter|Correspondent|Contributor|CEO|Staff)\b.*$"
)
"""A job printed right behind the name, without a space between."""
DOMAIN = re.compile(r"^(?:[\w-]{3,}\.)+(?:[a-z]{2,3}|info|news|online|example)$")
"""An address printed for a name."""
DEGREES = re.compile(r",?\s+(?:ph\.?\s?d|m\.?d|esq|mba|msc|rn|cpa|jd|dvm|rd|ma|cfa)\.?$", re.IGNORECASE)
COURTESY = re.compile(r"^(?:mr|mrs|ms|herr|frau)\.?\s+(?=\S)", re.IGNORECASE)

BAR = re.compile(r"\s*[|•·]\s*")
YEAR = re.compile(r"(?:19|20)\d\d")

_NO_NAMES = """
    undefined null none unknown superuser userprofile user default test author root anonimo anónimo clickhere
    followus readmore publishedby lastupdated privacy phd md jr sr red"""
NO_NAMES = frozenset(_NO_NAMES.split())
"""What templates print where a name should stand, in normal form."""
_ROLES = """
    content marketing event events creative
    staff writer writers reporter reporters editor editors editorial correspondent columnist contributor
    contributors contributing senior junior chief deputy managing associate assistant executive news online digital web
    desk team newsroom bureau service services agency agencies wire wires report reports guest author authors admin
    administrator publisher webmaster anonymous producer journalist photographer photo photos video freelance special
    political politics business sports sport science health technology tech world national international foreign
    breaking features feature opinion board company press office pressestelle redaktion redakteur redakteurin
    onlineredaktion redaktionsteam autor autorin gastautor gastautorin korrespondent korrespondentin volontär
    volontärin chefredakteur chefredakteurin ressortleiter ressortleiterin mitarbeiter journalistin reporterin
    rédaction redaction redacción redaccion redazione redacao redação redactie redakcja redakce toimitus redaktionen
    corresponsal enviado especial periodista jornalista giornalista journaliste reporterka see learn full bio all
    articles stories click here show beiträge alle cc the of der die das la el le les il and und et y e for by von at in
    on with from about more read posts view profile follow search"""
ROLES = frozenset(_ROLES.split())
"""Words of which alone a role or a desk is made."""
_ROLE_WORDS = _any("""
    staff editor reporter correspondent columnist newsroom news_desk writer redaktion redakteur redakteurin
        rédaction redacción redazione redação redactie producer journalist manager director officer analyst contributor
        contributing critic coordinator attorney developer strategist founder ceo president specialist consultant
    engineer
    team desk agentur agency agencies press_release pressemitteilung""")
ROLE = re.compile(
    rf"\b(?:{_ROLE_WORDS})\b",
    re.IGNORECASE,
)
"""A word that makes a role or a desk of whatever holds it."""
_FIRM_WORDS = _any(r"""
    gmbh ag kg e\.?v eg inc llc ltd plc corp corporation company limited s\.?a sarl b\.?v pc foundation stiftung
        university universität institut institute association verband council ministry ministerium verlag media report
        journal times news magazine? online daily network tribune gazette herald zeitung radio tv partei fraktion
        sponsored blog strategy \w*fraktion""")
FIRM = re.compile(
    rf"\b(?:{_FIRM_WORDS})\b",
    re.IGNORECASE,
)
"""A word that makes an organisation of whatever holds it."""
_PAPER_WORDS = """
    the a la le les el los il lo der die das het de o os today post mail star sun mirror guardian observer standard
    express telegraph independent chronicle inquirer examiner sentinel courier bulletin monitor review world globe
    citizen nation record leader advertiser argus echo press club weekly home life style guide team morgenpost
    abendblatt anzeiger allgemeine rundschau kurier presse nachrichten bote merkur spiegel welt bild diario periódico
    mundo país prensa journal presse monde figaro parisien corriere repubblica stampa giornale gazeta"""
PAPER_WORDS = frozenset(_PAPER_WORDS.split())
"""Words of papers' names: what is the site's own name and holds none of them may be the person whose site it is."""
_PARTICLES = """
    van von de der den del della di da do dos das du la le el al bin ibn ben ter ten zu zur vom af av e y i
    lo san st mc"""
PARTICLES = frozenset(_PARTICLES.split())
"""Small words inside names: Ludwig van Beethoven, Ana de la Cruz."""

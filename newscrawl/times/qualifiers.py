"""Words around an age that the libraries do not print and papers do: "ago", "about", "almost", "over", "less than".

From dictionaries of the news languages; what the table says of a word goes before.
"""

from functools import lru_cache

from newscrawl.times.ages import FRACTIONS
from newscrawl.times.neighbours import NEIGHBOURS
from newscrawl.times.normal import fold

# Language → words that say "ago" wherever they stand beside a number and a unit.
AGO = {
    "ar": "منذ قبل مضت مضى", "bg": "преди назад", "bn": "আগে পূর্বে", "cs": "před zpět nazpět dozadu",
    "da": "siden", "de": "vor her zurück", "el": "πριν", "en": "ago back", "es": "hace atrás", "et": "tagasi eest",
    "fa": "پیش قبل", "fi": "sitten", "he": "לפני", "hi": "पहले पूर्व", "hr": "prije unazad",
    "hu": "ezelőtt eltelt", "id": "lalu lampau silam", "it": "fa addietro", "ja": "前 まえ", "ko": "전",
    "lt": "prieš", "lv": "pirms atpakaļ", "ms": "lalu lepas", "nb": "siden", "nl": "geleden terug",
    "pl": "temu wstecz", "pt": "há atrás faz", "ro": "acum urmă", "ru": "назад тому",
    "sk": "pred späť naspäť dozadu", "sl": "pred nazaj", "sr": "pre prije пре прије", "sv": "sedan",
    "ta": "முன் முன்பு முன்னர்", "th": "ที่แล้ว ที่ผ่านมา ก่อน มาแล้ว", "tr": "önce evvel", "uk": "тому назад",
    "ur": "پہلے قبل", "vi": "trước", "zh": "前 之前 以前",
}  # fmt: skip
# Language → words that may stand beside a number and a unit and say nothing, as "than" after "less"; and "and".
_IDLE = {
    "ar": "من و ما", "bg": "от по и", "bn": "সময় এবং ও", "cs": "než a", "da": "end og",
    "de": "als rund und oder", "el": "από και", "en": "than a an of and or", "es": "de que y o", "et": "kui ja",
    "fa": "از به و", "fi": "kuin ja", "fr": "de et ou", "he": "אחד", "hi": "से और", "hr": "od nego i vremena",
    "hu": "mint és", "id": "dari dan", "it": "di e ed o", "ja": "と に", "ko": "과 에", "lt": "nei kaip ir",
    "lv": "nekā kā par un", "ms": "daripada dari dan", "nb": "enn og", "nl": "dan en", "pl": "niż i oraz",
    "pt": "de do que e ou", "ro": "de mai și", "ru": "чем и", "sk": "ako než a", "sl": "kot in",
    "sr": "od nego i vremena од него и времена", "sv": "än och", "ta": "மற்றும்", "tr": "ve",
    "uk": "ніж за і та", "ur": "سے اور", "vi": "và tới đến hơn", "zh": "又 零 个 個",
}  # fmt: skip
# Language → number words beside those of CLDR: "one" in the cases that stand beside "ago", and joined to its "of".
_NUMBERS = {
    1: {
        "bg": "един една едно", "cs": "jedním jednou", "el": "έναν μία μια", "et": "ühe", "fr": "d'un d'une",
        "gl": "dun dunha", "hr": "jednog jedne jednu", "lt": "vieną vienos vieni vienerių",
        "lv": "viena vienas vienu", "pl": "jedną", "ru": "одну", "sk": "jedným jednou",
        "sl": "enim eno enega ene", "sr": "jednog jedne jednu једног једне једну", "th": "หนึ่ง", "uk": "одну",
    },
}  # fmt: skip
# Language → what larger units are said to be made of: Serbian "mesec dana", a month of days, is a month.
_SUBSTANCE = {"bs": "dana", "hr": "dana", "mk": "дена", "mn": "хоног", "sr": "dana дана"}
# Sign of a part (`ages.FRACTIONS`) and the unit, where the word says it too → words of the news languages.
_FRACTIONS = {
    "½": """
        half halbe halben halber demi demie media medio meia meio mezza mezzo halv halvt halva halve puoli puolen
        pool pół půl pol pola пів пол половин пола μισή μισό jumătate fél yarım pus pusės pusė pusę نصف نیم חצי आधा आधे
        আধা আধ অর্ধেক آدھا آدھے அரை ครึ่ง nửa rưỡi setengah tengah 半 반
    """,
    "½h": "halvtimme halvtimma полчаса півгодини mezz'ora demi-heure halvtime półgodziny",
    "½m": "полминуты півхвилини pusminūte pusminūtes halbminute",
    "½y": "полгода півроку halbjahr półroku",
    "¼": """
        quarter quarters quart quarts cuarto quarto kvart ربع רבע çeyrek četvrt čtvrt štvrť чверть четверть τέταρτο
        sfert negyed
    """,
    "¼h": "viertelstunde kwartier kwadrans kvarter quartino",
}
# Sign of a limit (`Age.limit`) → the words that say it.
_LIMITS = {
    "=": """
        about around approximately etwa ca circa ungefähr environ alrededor aproximadamente cerca ongeveer
        ungefär cirka omtrent omkring kb cca noin około przybliżeniu okolo asi přibližně približne približno
        oko otprilike okrog okoli око отприлике около примерно приблизительно приблизно близько περίπου
        aproximativ rundt runt körülbelül nagyjából yaklaşık civarında umbes ligikaudu apmēram aptuveni apie
        maždaug בערך حوالي حدود تقريبا تقريب تقریبا প্রায় কমবেশি लगभग करीब सुमारे khoảng sekitar kira ประมาณ 约
        大约 大約 約 やく ほど くらい ぐらい 左右 약 대략 சுமார்
    """,
    "<": """
        almost nearly fast beinahe presque casi quase quasi bijna nästan nesten næsten lähes melkein prawie
        téměř takmer skoro skoraj gotovo готово почти майже скоро σχεδόν aproape majdnem neredeyse peaaegu
        gandrīz beveik כמעט يقرب hampir gần presqu'un presqu'une نزدیک เกือบ 将近 將近 接近 弱 近く 가까이 거의
        கிட்டத்தட்ட
    """,
    ">": """
        over more plus más mais oltre meer över mer mere yli ponad vyše preko больше понад πάνω peste fazla üle
        vairāk daugiau hơn lebih virš mult 多 víc viac více déle dlhšie יותר więcej dłużej više више več более
        повече більше többb több أكثر اکثر بیش زیادہ زائد अधिक ज्यादा מעל বেশি மேல் 超过 超過 以上 넘게 이상
    """,
    "-": """
        less under az weniger unter moins menos meno minder mindre alle mniej méně menej manj manje мање менее
        меньше менше малко λιγότερο puțin kevesebb ít vähem mazāk mažiau أقل اقل פחות کمتر کم कम কম kurang dưới
        chưa குறைவாக குறைவான น้อยกว่า 不到 少于 少於 未満 以内 미만 이하
    """,
}
# Those of them that say "several" where no "than" follows.
_SEVERAL = "több više више више več víc více viac più more mehr más mais meer mer mere 多"
# Language → prefixes of a unit → sign of the limit they say: Hebrew "than" and "about".
_PREFIXES = {"he": {"מ": "", "כ": "="}}


def _neighbour(language: str) -> dict[str, str]:
    """Sign → words of a language that `NEIGHBOURS` lists."""
    groups = (group.split() for group in NEIGHBOURS.get(language, "").split(";") if group)
    return {sign: " ".join(words) for sign, *words in groups}


@lru_cache(maxsize=256)
def fraction_words(language: str) -> dict[str, tuple[str, str]]:
    """Folded word for a part of a unit → its sign (`ages.FRACTIONS`) and the unit it says too, or nothing."""
    own = {code: words for code, words in _neighbour(language).items() if code[0] in FRACTIONS}
    groups = [*_FRACTIONS.items(), *own.items()]
    return {fold(word): (code[0], code[1:]) for code, words in groups for word in words.split()}


@lru_cache(maxsize=256)
def limit_words(language: str) -> dict[str, str]:
    """Folded word → sign of the limit it says."""
    own = {sign: words for sign, words in _neighbour(language).items() if sign in _LIMITS}
    return {fold(word): sign for sign, words in [*_LIMITS.items(), *own.items()] for word in words.split()}


def ago_words(language: str) -> list[str]:
    """Folded words that say "ago" in a language."""
    return [fold(word) for word in AGO.get(language, "").split()]


def idle_words(language: str) -> list[str]:
    """Folded words that say nothing beside an age in a language."""
    return [fold(word) for word in (_IDLE.get(language) or _neighbour(language).get("+", "")).split()]


def substance_words(language: str) -> list[str]:
    """Folded words for a unit that say what the one before them is made of, in a language."""
    return [fold(word) for word in _SUBSTANCE.get(language, "").split()]


def number_words(language: str) -> dict[str, int]:
    """Folded word → number, for words that CLDR lacks in a language."""
    own = _neighbour(language).get("1", "")
    return {fold(word): number for number, words in _NUMBERS.items() for word in words.get(language, own).split()}


@lru_cache(maxsize=1)
def several_words() -> frozenset[str]:
    """Folded words for "more" that say "several" where no "than" follows."""
    return frozenset(fold(word) for word in _SEVERAL.split())


def prefixes(language: str) -> dict[str, str]:
    """Letters that a language writes together with the unit → sign of the limit they say, or nothing."""
    return _PREFIXES.get(language, {})

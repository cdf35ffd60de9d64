"""Bytes → text: declarations in the WHATWG order, and letters where nothing is declared."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.markup import decode
from newscrawl.markup.charset import detect

RUSSIAN = "Городской совет решил во вторник, что старый мост через реку останется закрытым до конца зимы. "
UKRAINIAN = "Міська рада вирішила у вівторок, що старий міст через річку буде зачинено до кінця зими, їхати нікуди. "
GREEK = "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη ότι η παλιά γέφυρα θα μείνει κλειστή ως το τέλος του χειμώνα. "
HEBREW = "מועצת העיר החליטה ביום שלישי שהגשר הישן יישאר סגור עד סוף החורף ותושבים ביקשו לפתוח אותו מוקדם יותר. "
ARABIC = "قرر مجلس المدينة يوم الثلاثاء أن الجسر القديم سيبقى مغلقا حتى نهاية الشتاء وطلب السكان فتحه قبل ذلك. "
THAI = "สภาเมืองตัดสินใจเมื่อวันอังคารว่าสะพานเก่าจะปิดจนถึงสิ้นฤดูหนาว ชาวบ้านขอให้เปิดเร็วกว่านั้น "
JAPANESE = "市議会は火曜日、川に架かる古い橋を冬の終わりまで閉鎖することを決めた。住民は早い再開を求めていた。"
CHINESE = "市议会星期二决定，河上的旧桥将关闭到冬天结束。附近居民希望早些开放，但工程师发现了新的裂缝。"
TAIWANESE = "市議會星期二決定，河上的舊橋將關閉到冬天結束。附近居民希望早些開放，但工程師發現了新的裂縫。"
KOREAN = "시의회는 화요일에 강 위의 오래된 다리를 겨울이 끝날 때까지 닫기로 했다. 주민들은 더 일찍 열기를 바랐다. "
FRENCH = "Le conseil a décidé mardi que le vieux pont resterait fermé jusqu’à la fin de l’hiver, où tout a commencé. "
GERMAN = "Die alte Brücke über den Fluß bleibt bis zum Ende des Winters geschlossen, äußerte der Bürgermeister. "
SPANISH = "El año próximo la ciudad abrirá el puente después de la reparación, según dijo el alcalde. ¿Cuándo? "
POLISH = "Rada miasta zdecydowała we wtorek, że stary most będzie zamknięty do końca zimy; mieszkańcy są źli. "
CZECH = "Městská rada v úterý rozhodla, že starý most zůstane zavřený až do konce zimy; řidiči jsou naštvaní. "
HUNGARIAN = "A városi tanács kedden úgy döntött, hogy az öreg híd a tél végéig zárva marad, őrült bűzű ötlet. "
TURKISH = "Belediye meclisi salı günü eski köprünün kış sonuna kadar kapalı kalacağına karar verdi, şoförler kızgın. "
LITHUANIAN = "Miesto taryba antradienį nusprendė, kad senasis tiltas liks uždarytas iki žiemos pabaigos. "

# (text, the charset it is written in, its name for Python)
BARE = (
    (RUSSIAN, "windows-1251", "cp1251"),
    (RUSSIAN, "koi8-r", "koi8-r"),
    (RUSSIAN, "ibm866", "cp866"),
    (RUSSIAN, "iso-8859-5", "iso-8859-5"),
    (UKRAINIAN, "windows-1251", "cp1251"),
    (GREEK, "windows-1253", "cp1253"),
    (HEBREW, "windows-1255", "cp1255"),
    (ARABIC, "windows-1256", "cp1256"),
    (THAI, "windows-874", "cp874"),
    (JAPANESE, "shift_jis", "shift_jis"),
    (JAPANESE, "euc-jp", "euc_jp"),
    (JAPANESE, "iso-2022-jp", "iso2022_jp"),
    (CHINESE, "gb18030", "gb18030"),
    (TAIWANESE, "big5", "big5"),
    (KOREAN, "euc-kr", "euc_kr"),
    (FRENCH, "windows-1252", "cp1252"),
    (GERMAN, "windows-1252", "cp1252"),
    (SPANISH, "windows-1252", "cp1252"),
    (POLISH, "windows-1250", "cp1250"),
    (POLISH, "iso-8859-2", "iso-8859-2"),
    (CZECH, "windows-1250", "cp1250"),
    (HUNGARIAN, "windows-1250", "cp1250"),
    (TURKISH, "windows-1254", "cp1254"),
    (LITHUANIAN, "windows-1257", "cp1257"),
    (RUSSIAN, "utf-16le", "utf-16-le"),
    (RUSSIAN, "utf-8", "utf-8"),
)


def page(text: str, codec: str, head: str = "") -> bytes:
    return f"<html><head>{head}<title>{text}</title></head><body><p>{text}</p><p>{text}</p></body></html>".encode(codec)


@pytest.mark.parametrize(("text", "name", "codec"), BARE, ids=[f"{name}-{text[:8]}" for text, name, _ in BARE])
def test_undeclared_text_is_right_or_called_doubtful(text, name, codec):
    decoded = decode(page(text, codec))
    assert text in decoded.text
    assert not decoded.doubtful


@pytest.mark.parametrize(
    ("body", "content_type", "encoding", "evidence"),
    [
        (b"\xef\xbb\xbf" + page(RUSSIAN, "utf-8"), "text/html; charset=koi8-r", "utf-8", "bom"),
        (page(RUSSIAN, "cp1251"), "text/html; charset=windows-1251", "windows-1251", "header"),
        (page(RUSSIAN, "cp1251"), 'text/html; charset="CP1251"', "windows-1251", "header"),
        (page(RUSSIAN, "cp1251", '<meta charset="windows-1251">'), "text/html", "windows-1251", "meta"),
        (page(RUSSIAN, "cp1251", '<meta charset="koi8-r">'), "text/html; charset=cp1251", "windows-1251", "header"),
        (page(RUSSIAN, "utf-8"), "text/html; charset=iso-8859-1", "utf-8", "utf-8"),
        (page(RUSSIAN, "cp1251"), "text/html; charset=utf-8", "windows-1251", "detected"),
        (page(CHINESE, "gb18030"), "text/html; charset=gb2312", "gbk", "header"),
        (page(GERMAN, "cp1252"), "text/html; charset=iso-8859-1", "windows-1252", "header"),
    ],
)
def test_declarations_in_order(body, content_type, encoding, evidence):
    decoded = decode(body, content_type=content_type)
    assert (decoded.encoding, decoded.evidence) == (encoding, evidence)


@pytest.mark.parametrize(
    "label", ["utf-7", "zlib_codec", "unicode_escape", "rot13", "idna", "punycode", "undefined", "hex"]
)
def test_only_whatwg_labels_choose_a_decoder(label):
    text = page(RUSSIAN, "utf-8", f'<meta charset="{label}">')
    decoded = decode(text, content_type=f"text/html; charset={label}")
    assert (decoded.encoding, decoded.evidence) == ("utf-8", "utf-8")


def test_a_few_bad_bytes_are_replaced_and_counted():
    body = page(FRENCH * 20, "utf-8").replace(b"</p>", b"\xe9\xed\xa0\x80</p>", 1)
    decoded = decode(body, content_type="text/html; charset=utf-8")
    assert decoded.encoding == "utf-8"
    assert decoded.replaced >= 2
    assert not decoded.doubtful


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from([None, "text/html", "text/html; charset=shift_jis", "x; charset=\x00"]))
def test_any_bytes_are_decoded(body, content_type):
    assert isinstance(decode(body, content_type=content_type).text, str)


@settings(max_examples=60)
@given(st.binary(min_size=1, max_size=400))
def test_detection_names_what_can_be_read(body):
    assert detect(body) is None or isinstance(decode(body).text, str)


@pytest.mark.parametrize("label", ["shift_jis", "euc-kr", "gbk", "windows-1251"])
def test_bytes_that_are_utf8_throughout_are_read_as_such(label):
    body = f"<meta charset={label}><p>{' '.join([JAPANESE, KOREAN, RUSSIAN] * 3)}".encode()
    assert decode(body).encoding == "utf-8"


def test_a_few_bytes_that_happen_to_be_utf8_say_nothing_against_a_double_byte_label():
    assert decode("<meta charset=gbk><p>联通".encode("gbk")).encoding == "gbk"

"""Items that are not well-formed: fields whose text holds bare markup are put into CDATA, so that it stays text."""

import re

_FIELD = re.compile(
    r"<((?:\w{1,20}:)?(?:title|link|guid|description|encoded|summary|author|creator|pubDate|date|category))"
    r"(?=[\s>])[^<>]*(?<!/)>"
)


def mend_fields(item: str) -> str:
    """`item` with the inside of each text field that is not escaped as CDATA."""
    parts: list[str] = []
    position, unended = 0, set[str]()
    for field in _FIELD.finditer(item):
        name = field.group(1)
        if field.start() < position or name in unended:
            continue
        end = item.find(f"</{name}", field.end())
        if end < 0:
            unended.add(name)  # looked for once, so that many of them stay linear
            continue
        inside = item[field.end() : end]
        if "<" in inside and "<![CDATA[" not in inside:
            parts += [item[position : field.end()], "<![CDATA[", inside.replace("]]>", ""), "]]>"]
            position = end
    return "".join([*parts, item[position:]])

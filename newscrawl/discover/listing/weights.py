"""How much each feature of a link counts: the one table that decides what is a record, and what is in the main list.

Logistic weights, in natural logarithms of odds. `record`: that an article stands behind the link; `main`: that,
if so, it belongs to the page's main list and not to a side widget. Fitted by `benchmarks/fit_listing.py` on 60 pages
of 53 sites (2026-11-25), strongly regularised and checked by leaving sites out; no weight is about a site.
"""

from math import exp
from typing import NamedTuple


class Weight(NamedTuple):
    """One feature: its name in `features`, its weights, what it sees."""

    feature: str
    record: float
    main: float
    sees: str


WEIGHTS = (
    Weight("bias", -3.00, -0.81, "every link; most are no records"),
    Weight("no_words", -0.65, -0.47, "no headline at all: an image, an icon"),
    Weight("words_1", -1.04, -0.43, "one word: a section's name"),
    Weight("words_2", -0.90, -0.33, "two words"),
    Weight("words_3", -0.52, -0.28, "three words"),
    Weight("words_4", -0.17, 0.21, "four words"),
    Weight("words_5_to_6", -0.04, 0.36, "as long as a short headline"),
    Weight("words_7_and_more", 0.32, 0.15, "as long as a headline"),
    Weight("words_30_and_more", 0.05, 0.13, "as long as a paragraph"),
    Weight("sentence_mark", 0.20, 0.04, "a comma, colon, quote, question mark or dash in the headline"),
    Weight("all_capitals", 0.03, 0.14, "printed in capitals"),
    Weight("attribute_only", -1.55, -1.46, "the text is an alt or title attribute, nothing is printed"),
    Weight("heading", 0.31, 0.59, "in a heading, or a heading in it"),
    Weight("title_class", 0.35, 0.42, "a class says title or headline"),
    Weight("image", 0.55, -0.07, "an image links there as well"),
    Weight("several_links", 0.18, 0.62, "several links lead there"),
    Weight("in_article", 0.50, 0.07, "inside an article element"),
    Weight("paragraph_inside", -0.46, -0.27, "inside a paragraph"),
    Weight("running_text", -0.04, -1.43, "in the middle of a sentence"),
    Weight("time_near", -0.08, 0.96, "a time element or class close by"),
    Weight("root", -0.04, -0.09, "leads to a home page"),
    Weight("date_only", -0.71, -0.00, "the address ends with a date: an archive"),
    Weight("named", 1.30, 1.10, "a path segment says article, story, news, …"),
    Weight("slug_like_headline", 0.20, -0.52, "share of the headline's words that the address spells out"),
    Weight("short_specific", -0.24, 0.16, "two or three words, yet an address with a date, id or slug"),
    Weight("one_specific", -0.28, -0.24, "one word, yet an address with a date, id or slug"),
    Weight("long_vague", -0.90, -0.30, "a long text, yet an address without date, id or slug"),
    Weight("dated", 1.16, 0.20, "a date in the address"),
    Weight("numbered", 0.05, -0.30, "an id in the address"),
    Weight("slug_3", -0.18, -0.01, "three words in the address"),
    Weight("slug_4_and_more", 0.22, -0.43, "four or more words in the address"),
    Weight("depth_1", -0.90, 0.18, "one path segment at most"),
    Weight("depth_4_and_more", 0.18, 0.47, "four path segments or more"),
    Weight("page_file", 0.42, 0.00, "the path ends in .html, .php, …"),
    Weight("not_article", -0.87, -0.26, "a path segment says tag, author, login, …"),
    Weight("media_address", -0.13, -2.61, "a path segment says video, gallery, …"),
    Weight("offsite", -1.62, -1.46, "leads to another site"),
    Weight("rel", -0.93, -0.14, "rel says tag, author, sponsored or nofollow"),
    Weight("in_nav", -0.91, -0.60, "the link stands in a part of the page marked nav"),
    Weight("in_pager", -0.16, -0.61, "the link stands in a part of the page marked pager"),
    Weight("in_footer", -0.45, -1.59, "the link stands in a part of the page marked footer"),
    Weight("in_aside", -0.64, -1.21, "the link stands in a part of the page marked aside"),
    Weight("in_ranked", -0.03, -1.10, "the link stands in a part of the page marked ranked"),
    Weight("in_comment", -0.11, 0.14, "the link stands in a part of the page marked comment"),
    Weight("in_ad", -0.52, -0.54, "the link stands in a part of the page marked ad"),
    Weight("in_social", -0.66, -0.01, "the link stands in a part of the page marked social"),
    Weight("in_tags", -0.55, 0.50, "the link stands in a part of the page marked tags"),
    Weight("in_author", 0.23, -0.23, "the link stands in a part of the page marked author"),
    Weight("in_user", -0.10, -0.05, "the link stands in a part of the page marked user"),
    Weight("in_related", -0.06, 0.23, "the link stands in a part of the page marked related"),
    Weight("in_media", -0.38, -0.70, "the link stands in a part of the page marked media"),
    Weight("offsite_list", -0.09, -1.34, "one of many links of one markup that lead to other sites: an aggregator"),
    Weight("same_markup_alone", -0.74, -0.19, "no other links of the same markup"),
    Weight("same_markup_5_and_more", -0.73, -0.32, "five or more links of the same markup"),
    Weight("same_markup_words", 0.62, 0.25, "median words of links of the same markup, tenths, ten at most"),
    Weight("same_markup_long", 1.42, 1.09, "share with five words or more, of links of the same markup"),
    Weight("same_markup_specific", 0.62, 0.17, "share with a date, id or slug, of links of the same markup"),
    Weight("same_markup_headings", 0.31, 0.59, "share in headings, of links of the same markup"),
    Weight("same_markup_times", -0.18, 0.30, "share with a time close by, of links of the same markup"),
    Weight("same_markup_refused", -0.93, -0.31, "share whose address says no article, of links of the same markup"),
    Weight("same_shape_alone", -0.87, -0.63, "no other addresses of the same shape"),
    Weight("same_shape_5_and_more", 0.13, 0.69, "five or more addresses of the same shape"),
    Weight("same_shape_words", 0.91, -0.44, "median words of addresses of the same shape, tenths, ten at most"),
    Weight("same_shape_long", 1.49, 0.49, "share with five words or more, of addresses of the same shape"),
    Weight("same_shape_specific", 0.19, 0.07, "share with a date, id or slug, of addresses of the same shape"),
    Weight("same_shape_headings", 0.85, -0.33, "share in headings, of addresses of the same shape"),
    Weight("same_shape_times", -0.15, -0.50, "share with a time close by, of addresses of the same shape"),
    Weight("same_shape_refused", -0.97, -0.72, "share whose address says no article, of addresses of the same shape"),
)

RECORD_MIN = 0.5
"""Least probability of a record."""
MAIN_MIN = 0.5
"""Least probability of a place in the main list."""

_RECORD = {weight.feature: weight.record for weight in WEIGHTS}
_MAIN = {weight.feature: weight.main for weight in WEIGHTS}


def record_probability(features: dict[str, float]) -> float:
    """0 … 1: how surely an article stands behind a link with these features."""
    return _logistic(sum(_RECORD[name] * value for name, value in features.items() if value))


def main_probability(features: dict[str, float]) -> float:
    """0 … 1: how surely a record with these features belongs to the page's main list."""
    return _logistic(sum(_MAIN[name] * value for name, value in features.items() if value))


def _logistic(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))

"""How much each feature of a link counts: the one table that decides what is a record, and what is in the main list.

Logistic weights, in natural logarithms of odds. `record`: that an article stands behind the link; `main`: that,
if so, it belongs to the page's main list and not to a side widget. Fitted by `benchmarks/fit_listing.py` on 60 pages
of 53 sites (2026-11-25), strongly regularised and checked by leaving sites out; no weight is about a site.
"""

from math import exp, fsum
from typing import NamedTuple


class Weight(NamedTuple):
    """One feature: its name in `features`, its weights, what it sees."""

    feature: str
    record: float
    main: float
    sees: str


WEIGHTS = (
    Weight("bias", -3.22, 1.32, "every link; most are no records"),
    Weight("no_words", -2.05, -1.07, "no headline at all: an image, an icon"),
    Weight("words_1", -1.61, -0.61, "one word: a section's name"),
    Weight("words_2", -1.10, -0.12, "two words"),
    Weight("words_3", -0.55, -0.23, "three words"),
    Weight("words_4", -0.04, 0.01, "four words"),
    Weight("words_5_to_6", 0.08, 0.19, "as long as a short headline"),
    Weight("words_7_and_more", 0.54, 0.15, "as long as a headline"),
    Weight("words_30_and_more", 0.00, -0.01, "as long as a paragraph"),
    Weight("sentence_mark", 0.31, 0.10, "a comma, colon, quote, question mark or dash in the headline"),
    Weight("all_capitals", 0.01, 0.03, "printed in capitals"),
    Weight("attribute_only", -0.64, -0.46, "the text is an alt or title attribute, nothing is printed"),
    Weight("heading", 0.57, 0.45, "in a heading, or a heading in it"),
    Weight("title_class", 0.53, 0.32, "a class says title or headline"),
    Weight("image", 0.44, -0.39, "an image links there as well"),
    Weight("several_links", 0.07, 0.39, "several links lead there"),
    Weight("in_article", 0.46, 0.04, "inside an article element"),
    Weight("paragraph_inside", -0.15, -0.11, "inside a paragraph"),
    Weight("running_text", -0.02, -1.01, "in the middle of a sentence"),
    Weight("time_near", 0.23, 0.24, "a time element or class close by"),
    Weight("root", -2.00, -0.02, "leads to a home page"),
    Weight("date_only", -4.02, -0.00, "the address ends with a date: an archive"),
    Weight("named", 1.18, 0.64, "a path segment says article, story, news, …"),
    Weight("slug_like_headline", 0.06, -0.16, "share of the headline's words that the address spells out"),
    Weight("short_specific", -0.04, -0.17, "two or three words, yet an address with a date, id or slug"),
    Weight("one_specific", -0.05, -0.06, "one word, yet an address with a date, id or slug"),
    Weight("long_vague", -0.30, -0.04, "a long text, yet an address without date, id or slug"),
    Weight("dated", 1.36, 0.18, "a date in the address"),
    Weight("numbered", 0.49, -0.18, "an id in the address"),
    Weight("slug_3", 0.05, 0.10, "three words in the address"),
    Weight("slug_4_and_more", 0.56, 0.03, "four or more words in the address"),
    Weight("depth_1", -0.81, -0.12, "one path segment at most"),
    Weight("depth_4_and_more", 0.27, 0.35, "four path segments or more"),
    Weight("page_file", 0.26, -0.12, "the path ends in .html, .php, …"),
    Weight("not_article", -2.16, -0.03, "a path segment says tag, author, login, …"),
    Weight("media_address", -0.04, -4.06, "a path segment says video, gallery, …"),
    Weight("offsite", -1.74, -1.95, "leads to another site"),
    Weight("other_host", -0.23, -0.63, "leads to another host of the same site"),
    Weight("title_case", -0.05, 0.18, "every word begins with a capital, as in menus"),
    Weight("summary_near", 0.14, -0.13, "a part of the page with few links prints a summary beside it"),
    Weight("rel", -1.09, -0.03, "rel says tag, author, sponsored or nofollow"),
    Weight("in_nav", -1.44, -0.86, "the link stands in a part of the page marked nav"),
    Weight("in_pager", -2.01, -0.07, "the link stands in a part of the page marked pager"),
    Weight("in_footer", -1.03, -1.77, "the link stands in a part of the page marked footer"),
    Weight("in_aside", -0.15, -2.05, "the link stands in a part of the page marked aside"),
    Weight("in_ranked", 0.01, -2.02, "the link stands in a part of the page marked ranked"),
    Weight("said_side", 0.00, -5.28, "a heading above says most read, videos, advertising, …"),
    Weight("in_comment", -0.51, -0.96, "the link stands in a part of the page marked comment"),
    Weight("in_ad", -1.04, -1.43, "the link stands in a part of the page marked ad"),
    Weight("in_social", -1.02, 0.00, "the link stands in a part of the page marked social"),
    Weight("in_tags", -1.08, 0.10, "the link stands in a part of the page marked tags"),
    Weight("in_author", -0.92, -0.13, "the link stands in a part of the page marked author"),
    Weight("in_user", -1.00, 0.00, "the link stands in a part of the page marked user"),
    Weight("in_related", -0.02, -0.46, "the link stands in a part of the page marked related"),
    Weight("in_media", -0.11, -0.89, "the link stands in a part of the page marked media"),
    Weight("offsite_list", 0.08, 1.13, "one of many links of one markup that lead to other sites: an aggregator"),
    Weight("late", -0.24, -0.69, "how far down the page, 0 to 1"),
    Weight("home", 0.10, -0.42, "on a home page, whose side columns belong to its list"),
    Weight("home_aside", 0.18, 1.53, "in a side column of a home page"),
    Weight("home_ranked", -0.04, 0.34, "in a most-read or latest list of a home page"),
    Weight("home_related", -0.00, 0.03, "in a related block of a home page"),
    Weight("same_markup_alone", -0.17, -0.04, "no other links of the same markup"),
    Weight("same_markup_5_and_more", -0.04, -0.13, "five or more links of the same markup"),
    Weight("same_markup_words", 0.24, 0.22, "median words of links of the same markup, tenths, ten at most"),
    Weight("same_markup_long", 1.41, 0.54, "share with five words or more, of links of the same markup"),
    Weight("same_markup_specific", 0.39, 0.22, "share with a date, id or slug, of links of the same markup"),
    Weight("same_markup_headings", 0.07, 0.05, "share in headings, of links of the same markup"),
    Weight("same_markup_times", -0.07, 0.11, "share with a time close by, of links of the same markup"),
    Weight("same_markup_refused", -0.19, -0.10, "share whose address says no article, of links of the same markup"),
    Weight("poorer", -0.53, -3.85, "how much poorer in headings, times, summaries and images than the richest list"),
    Weight("home_poorer", 0.04, 2.89, "the same on a home page"),
    Weight("same_shape_alone", -0.23, -0.27, "no other addresses of the same shape"),
    Weight("same_shape_5_and_more", 0.39, 0.52, "five or more addresses of the same shape"),
    Weight("same_shape_words", 0.32, 0.02, "median words of addresses of the same shape, tenths, ten at most"),
    Weight("same_shape_long", 1.45, 0.25, "share with five words or more, of addresses of the same shape"),
    Weight("same_shape_specific", 0.27, 0.12, "share with a date, id or slug, of addresses of the same shape"),
    Weight("same_shape_headings", 0.28, -0.01, "share in headings, of addresses of the same shape"),
    Weight("same_shape_times", -0.03, 0.12, "share with a time close by, of addresses of the same shape"),
    Weight("same_shape_refused", -0.21, -0.15, "share whose address says no article, of addresses of the same shape"),
)

RECORD_MIN = 0.5
"""Least probability of a record."""
MAIN_MIN = 0.5
"""Least probability of a place in the main list."""
RELATED_MIN = 0.02
"""The same on an article's page, where every list is about other articles."""

_RECORD = {weight.feature: weight.record for weight in WEIGHTS}
_MAIN = {weight.feature: weight.main for weight in WEIGHTS}


def record_probability(features: dict[str, float]) -> float:
    """0 … 1: how surely an article stands behind a link with these features, in whichever order they were seen."""
    return _logistic(fsum([_RECORD[name] * value for name, value in features.items()]))


def main_probability(features: dict[str, float]) -> float:
    """0 … 1: how surely a record with these features belongs to the page's main list."""
    return _logistic(fsum([_MAIN[name] * value for name, value in features.items()]))


def _logistic(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))

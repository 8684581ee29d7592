"""Ends of mental elements: where the conduct follows, by the verb forms of Spanish and French."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from nlp.elements.clause_patterns import Pattern, compiled
from nlp.elements.clause_patterns import clause_patterns as forms
from nlp.elements.constituents import Words, lemma_is_infinitive, words_of
from nlp.elements.rules import Cue, Rules

_TOKEN = regex.compile(r"\w+|,")
_WORD = regex.compile(r"\w+")
_ACT = 10  # characters


@dataclass(frozen=True, slots=True)
class MentalPatterns:
    """Compiled patterns of ``mental_elements`` in ``resources/clause_patterns.yaml``."""

    french_infinitive: Pattern
    or_to_do: Pattern
    or_: Pattern
    or_falsely: Pattern
    and_pronoun: Pattern
    then_does: Pattern
    does: Pattern
    or_finite: Pattern
    and_subjunctive: Pattern
    subjunctive: Pattern
    and_infinitive: Pattern
    comma: Pattern
    that: Pattern
    other_aim: Pattern
    or_of_doing: Pattern
    verb_list: Pattern
    complement_before: Pattern
    next_complement: Pattern
    by_fault: Pattern
    next_fault: Pattern


@cache
def mental_patterns() -> MentalPatterns:
    """Return the patterns of aims and kinds of fault, read on their first use."""
    return MentalPatterns(**compiled("mental_elements"))


def end_of_mental_element(known: Rules, folded: str, cue: Cue, begin: int, following: int) -> int:
    """Return the end of a mental element: the next comma or colon if the conduct follows, else ``following``.

    The conduct follows if there is a verb after the comma, if only the actor precedes the cue, or if the verb
    before the cue has no object yet.
    """
    if _is_whole(folded, cue, following):
        return cue.end
    if profit := forms().profit.match(folded, cue.start, following):
        return profit.end()
    language = known.language
    if not (acts_before := _acts_before(known, folded, cue, begin)):
        found_verb = _verb_after_aim(folded, cue, following, language)
        if found_verb := found_verb or _comma_before_verb(folded, cue.end, following, language):
            return found_verb
    if act := _other_act(folded, cue.start, cue.end, following, language):
        return act
    resumed = _verb_list_end(folded, cue.start, following, language) if acts_before else cue.end
    for found in forms().phrase_end.finditer(folded, cue.end, following):
        if not forms().word.search(folded, found.end(), following):
            return following
        if known.language == "fr" and (inserted := forms().inserted.match(folded, found.end(), following)):
            resumed = inserted.end()
        if found.start() < resumed:
            continue
        if _aim_goes_on(folded, cue.start, found.end(), following, language):
            continue
        if found[0] == "," and known.condition.match(folded, found.end() + 1, following):
            return found.start()  # "para cometer traición, si la conspiración fuere descubierta"
        if _conduct_follows(known, folded, cue, begin, found, following):
            return found.start()
    return following


def _is_whole(folded: str, cue: Cue, following: int) -> bool:
    """Return whether a cue is a mental element by itself: an adverb, a manner, "knowingly" without its object."""
    if forms().adverb.fullmatch(folded, cue.start, cue.end):
        return True
    is_knowing = forms().knowingly.match(folded, cue.start)
    if is_knowing and not forms().of_what.match(folded, cue.end, following):
        return True
    if not forms().manner.fullmatch(folded, cue.start, cue.end) or folded.startswith(" de ", cue.end):
        return False
    found = forms().phrase_end.search(folded, cue.end, following)
    return not found or found.start() <= cue.end + 1


def _acts_before(known: Rules, folded: str, cue: Cue, begin: int) -> bool:
    """Return whether there are words between the actor and a mental element."""
    before = [earlier.end for earlier in known.cues(folded, begin, cue.start)]
    return bool(forms().word.search(folded, before[-1] if before else begin, cue.start))


def _conduct_follows(known: Rules, folded: str, cue: Cue, begin: int, comma: regex.Match[str], following: int) -> bool:
    behind = comma.end()
    if forms().a_infinitive.match(folded, behind):
        return True
    if known.language == "fr" and forms().future_perfect.match(folded, behind):
        return True
    if known.language == "fr" and forms().de_infinitive.match(folded, behind):
        if forms().begins_act.search(folded, max(begin - _ACT, 0), cue.start):
            return True  # "Le fait, en vue de nuire à la défense, de provoquer": the act itself
        return not forms().de_infinitive.match(folded, cue.end)  # "en vue de tromper, de nuire": one aim
    nouns = [forms().of_noun.match(folded, place) for place in (cue.end, behind)]
    if known.language == "fr" and all(nouns):
        return False  # "ayant connaissance de privations, de mauvais traitements"
    follows = _verb_after_comma(folded, cue.end, behind, following, known.language)
    if follows is not None:
        return follows
    if _acts_before(known, folded, cue, begin) and forms().that.search(folded, cue.start, comma.start()):
        return False
    return bool(known.verb(folded, behind, following)) or _lacks_conduct(known, folded, cue, begin, behind)


def _aim_goes_on(folded: str, cue: int, behind: int, end: int, language: str) -> bool:
    """Return whether another aim or kind of fault follows a comma that ends at ``behind``; ``cue`` is the first's."""
    if mental_patterns().by_fault.match(folded, cue):
        return bool(mental_patterns().next_fault.match(folded, behind, end))
    if language in ("es", "pt"):
        return bool(mental_patterns().or_of_doing.match(folded, behind, end))
    if language == "fr":
        is_list = mental_patterns().complement_before.search(folded[cue : behind - 1])
        return bool(is_list and mental_patterns().next_complement.match(folded, behind, end))
    return bool(mental_patterns().other_aim.match(folded, behind, end))


def _verb_list_end(folded: str, start: int, end: int, language: str) -> int:
    """Return the end of the verbs of an aim that share their object; ``start``, that of the aim, without such verbs.

    A comma between them does not end the aim ("com o fim de obter, adulterar ou destruir dados").
    """
    words, listed = words_of(language), mental_patterns().verb_list.match(folded, start, end)
    if not words or not listed or language not in ("es", "pt"):
        return start
    verbs = listed.captures("verb")
    same_form = len({words.is_infinitive(verb) for verb in verbs}) == 1
    return listed.end() if same_form and all(map(words.is_verb, verbs)) else start


def _other_act(folded: str, cue: int, start: int, end: int, language: str) -> int:
    """Return the start of another act coordinated with an aim; 0 without one. ``cue`` is the start of the aim.

    In French it follows an aim without a verb ("en vue de la prostitution ou d'exercer"), in Spanish a finite verb
    follows an infinitive ("para comunicar o comunica"), or a first verb in the future subjunctive follows anywhere.
    """
    if language == "en":
        other = mental_patterns().or_falsely.search(folded, start, end)
        return other.start("act") if other else 0
    if (
        language == "es"
        and not mental_patterns().that.search(folded, cue, end)
        and (joined := _joined_by_pronoun(folded, start, end))
    ):
        return joined
    next_act = mental_patterns().and_subjunctive.search(folded, start, end) if language == "es" else None
    if next_act and not mental_patterns().subjunctive.search(folded, cue, next_act.start()):
        return next_act.start()
    words, finite = words_of(language), mental_patterns().or_finite.match(folded, start, end)
    if (
        words
        and finite
        and language == "es"
        and not mental_patterns().that.search(folded, cue, start)
        and _is_finite(words, finite["verb"])
    ):
        return finite.start()
    found = mental_patterns().or_to_do.search(folded, start, end) if language == "fr" else None
    return found.start() if found and not mental_patterns().french_infinitive.search(folded, cue, found.start()) else 0


def _joined_by_pronoun(folded: str, start: int, end: int) -> int:
    """Return the start of a Spanish act behind a conjunction and a pronoun ("y lo devuelve"); 0 without one."""
    acts = mental_patterns().and_pronoun.finditer(folded, start, end)
    return next((act.start("act") for act in acts if lemma_is_infinitive(act["verb"], "es")), 0)


def _verb_after_aim(folded: str, cue: Cue, end: int, language: str) -> int:
    """Return the start of the verb of the act after an aim or a fault without a comma; 0 without one.

    In Spanish it is finite ("con ánimo de lucro sustraiga"), in Portuguese an infinitive behind a noun ("com intenção
    lucrativa favorecer").
    """
    words, start = words_of(language), cue.end
    if language == "en" and (act := mental_patterns().then_does.match(folded, start, end)):
        return act.start("act")
    if not words or language not in ("es", "pt"):
        return 0
    is_fault = mental_patterns().by_fault.match(folded, cue.start)
    before = _WORD.findall(folded[cue.start : start])[-1] if is_fault else "de"  # the next word belongs to an aim
    for token in _TOKEN.finditer(folded, start, end):
        if token[0] == "," or (language == "es" and token[0] in words.relatives):
            return 0
        begins_act = _is_finite(words, token[0]) if language == "es" else words.is_infinitive(token[0])
        behind_noun = not words.is_function_word(before) and (language == "es" or not words.is_verb(before))
        if begins_act and behind_noun:
            return token.start()
        before = token[0]
    return 0


def _comma_before_verb(folded: str, start: int, end: int, language: str) -> int:
    """Return the first comma that a Spanish verb follows; 0 without one, or if a circumstance follows the first."""
    words = words_of(language)
    first = mental_patterns().comma.search(folded, start, end)
    after = _WORD.search(folded, first.end(), end) if first else None
    if words and after and (words.is_function_word(after[0]) or words.gerunds.fullmatch(after[0])):
        return 0
    for comma in mental_patterns().comma.finditer(folded, start, end) if words and language == "es" else ():
        first = _WORD.search(folded, comma.end(), end)
        if first and words and _is_finite(words, first[0]):
            return comma.start()
    return 0


def _verb_after_comma(folded: str, aim: int, comma: int, end: int, language: str) -> bool | None:
    """Return whether the conduct begins after a comma in Spanish or French; None if the verb forms do not tell.

    A French verb in the present stands before an article (", fait une fausse déclaration"). A Spanish infinitive
    continues an aim ("para ocultar, transformar o vender"), a verb in another form does not unless it may belong to a
    clause with "que" that begins in the aim. An English verb in the present stands before a determiner.
    """
    joined = mental_patterns().or_.match(folded, comma)
    words, first = words_of(language), _WORD.search(folded, joined.end() if joined else comma, end)
    if language == "en":
        return bool(mental_patterns().does.match(folded, comma, end)) or None
    if words and first and language == "fr":
        return _begins_present(words, folded, first.start(), first.end(), end) or None
    if not words or language != "es" or not first:
        return None
    if mental_patterns().and_infinitive.match(folded, comma):
        return False
    is_finite = _is_finite(words, first[0])
    return True if is_finite and not mental_patterns().that.search(folded, aim, comma) else None


def _begins_present(words: Words, folded: str, start: int, stop: int, end: int) -> bool:
    """Return whether the word from ``start`` to ``stop`` is a French verb in the present before an article."""
    following = _WORD.search(folded, stop, end)
    is_article = following is not None and following[0] in words.articles | {"des", "l"}
    return (
        is_article and not words.is_function_word(folded[start:stop]) and lemma_is_infinitive(folded[start:stop], "fr")
    )


def _is_finite(words: Words, word: str) -> bool:
    return words.is_verb(word) and not words.is_infinitive(word)


def _lacks_conduct(known: Rules, folded: str, cue: Cue, begin: int, behind: int) -> bool:
    """Return whether the conduct is incomplete before the cue of a mental element and continues after it."""
    cues = known.cues(folded, begin, cue.start)
    before = [earlier for earlier in cues if earlier.element != "mental_element"]
    start = before[-1].end if before else begin
    if before and before[-1].element == "penalty":
        return False
    if not forms().word.search(folded, start, cue.start):
        return True
    if _ends_with_verb(folded, start, cue.start, known.language) and known.determined(folded, behind):
        return True  # "recueillir, en vue de les livrer, des renseignements"
    verb = known.verb(folded, start, cue.start)
    goes_on = forms().complement.match(folded, behind) or known.determined(folded, behind)
    has_object = known.noun(folded, verb.end(), cue.start) >= 0 if verb else False
    has_object = has_object or bool(forms().determined.search(folded, start, cue.start))
    return bool(verb and goes_on and not has_object)


def _ends_with_verb(folded: str, start: int, end: int, language: str) -> bool:
    """Return whether the last word of a range is a French infinitive, which has no object before an aim."""
    words, before = words_of(language), _WORD.findall(folded, start, end)
    return bool(language == "fr" and words and before and words.is_infinitive(before[-1]))

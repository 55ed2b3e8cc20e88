"""Things that are named one after the other: "milk, eggs and bread"."""

from __future__ import annotations

from typing import Final

from sottovoce.language.hearing import things as shared

_PAIRS: Final = frozenset(
    {
        *("salt and pepper", "mac and cheese", "macaroni and cheese", "fish and chips", "peanut butter and jelly"),
        *("gin and tonic", "bread and butter", "rum and coke", "ham and cheese", "bed and breakfast", "pen and paper"),
        *(
            "bacon and eggs",
            "oil and vinegar",
            "soap and water",
            "cream and sugar",
            "half and half",
            "needle and thread",
        ),
        *("salt and vinegar crisps", "salt and vinegar", "bits and pieces", "m and ms", "strawberries and cream"),
        *("sweet and sour sauce", "bubble and squeak", "bangers and mash", "biscuits and gravy", "pins and needles"),
        *("knives and forks", "cheese and onion crisps", "arts and crafts", "lost and found"),
    }
)
_ALONE: Final = frozenset(
    {
        *("milk", "eggs", "bread", "butter", "cheese", "sugar", "flour", "rice", "pasta", "coffee", "tea", "beer"),
        *("wine", "salt", "pepper", "yoghurt", "yogurt", "ham", "bacon", "sausages", "honey", "jam", "garlic"),
        *("bananas", "apples", "oranges", "lemons", "limes", "pears", "grapes", "strawberries", "tomatoes"),
        *("potatoes", "onions", "carrots", "cucumbers", "mushrooms", "lettuce", "spinach", "broccoli", "cereal"),
        *("noodles", "crisps", "biscuits", "cookies", "batteries", "shampoo", "toothpaste", "soap", "nappies"),
        *("diapers", "candles", "napkins", "avocados", "peppers", "beans", "spaghetti", "chips"),
        # Two of these together are one thing.
        *("butter beans", "garlic bread", "garlic butter", "garlic salt", "salt butter", "rice milk", "rice flour"),
        *("rice wine", "rice noodles", "rice pasta", "coffee beans", "milk tea", "butter cookies", "butter biscuits"),
        *("cheese biscuits", "tea biscuits", "honey ham", "rice crisps", "potatoes chips", "ham sausages"),
        *("cheese crisps", "tea candles", "garlic sausages", "garlic mushrooms", "egg noodles", "pasta salt"),
        *("coffee biscuits", "coffee sugar", "jam biscuits", "honey soap", "milk soap", "milk bread", "rice bread"),
        *("cheese bread", "butter bread", "rice cereal", "honey cereal", "garlic pepper", "cheese sausages"),
        *("lemons tea", "honey mushrooms", "tea lime", "beer bread", "cheese beans", "apples tea"),
    }
)
_ARTICLES: Final = frozenset({"some", "both", "the", "a", "an", "also", "and", "my", "please"})


def things(text: str) -> tuple[str, ...]:
    """Each of them, without its article; one may hold "and" by itself."""
    return shared.things(text, joining="and", pairs=_PAIRS, alone=_ALONE, articles=_ARTICLES)

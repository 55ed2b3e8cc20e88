"""English statements that tell something lasting, whoever or whatever it is of; and those that tell of the moment.

Beside those that the templates know ("my sister is called anna"): what somebody does for good ("my brother plays the
drums"), where things are kept, when they come round, what they have been. "My eyes are tired" is over tomorrow.
"""

from __future__ import annotations

import re
from typing import Final

from sottovoce.domain.words import words_of

_NOBODY: Final = (
    r"(?:that|this|it|there|what|who|where|when|why|how|which|everybody|everyone|somebody|someone|nobody|anybody"
    r"|he|she"
    r"|they|we|you|i|one|life|time|love|the|a|an|all|dinner|lunch|breakfast|today|tomorrow|yesterday|something|nothing"
    r"|everything|here|now|then|so|but|and|not|no|yes|my|your|our|his|her|their|its|let|people|god)"
)
"""What begins no sentence about somebody with a name."""
_TITLE: Final = r"(?:(?:aunt|auntie|uncle|cousin|granny|grandma|grandpa|doctor|mr|mrs|miss) )?"
_NAME: Final = rf"{_TITLE}(?!{_NOBODY}\b)[a-z]+(?:'s (?:\w+ ){{0,2}}\w+)?(?: and (?!{_NOBODY}\b)[a-z]+)?"
_OURS: Final = r"(?:my|our) (?:[\w'-]+ ){0,4}?[\w'-]+"
_THE: Final = r"the (?:[\w'-]+ ){0,4}?[\w'-]+"
_ANYBODY: Final = rf"(?:{_OURS}|{_NAME})"
_THING: Final = rf"(?:{_OURS}|{_THE})"
_WE: Final = r"(?:i|we)"
_COUNT: Final = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|no|some|several|a few|a couple of"
    r"|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|\d+)"
)
_WEEKDAYS: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_MONTHS: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer"
    r"|autumn|winter"
    r"|christmas|easter)"
)
_REGULARLY: Final = (
    rf"(?:(?:on|every|each) .+|(?:once|twice|{_COUNT} times) (?:a|every|each) .+|in the (?:morning|afternoon"
    rf"|evening)s?"
    r"|at (?:weekends|night|the weekend)|daily|weekly)"
)
_DATED: Final = (
    rf"(?:(?:on|in|at|since|last|every|each|next|by|until|back in) .+|(?:the )?\w+ (?:of )?{_MONTHS}|{_WEEKDAYS}.*)"
)
_WHERE: Final = (
    r"(?:in|on|under|behind|at|near|inside|above|below|beside|next to|underneath|between|over|opposite|outside)"
)
_DOES: Final = (
    r"(?:plays|drives|speaks|wears|smokes|drinks|eats|takes|owns|collects|teaches|bakes|rides|goes to|comes from"
    r"|supports"
    r"|swims|runs|walks|cycles|snores|suffers from|believes in|belongs to|prefers|hates|studies|owes|works as"
    r"|works from"
    r"|works for|has two|has three|used to be)"
)
_DO: Final = (
    r"(?:wear|support|believe in|suffer from|belong to|owe|come from|volunteer|sing in|work (?:as|from)|go out with"
    r"|grew up|studied|trained as|went to (?:school|university|college)|served in|take size|take a size|keep bees)"
)
_DID: Final = (
    r"(?:retired|grew up|studied|trained|died|graduated|emigrated|fought|served|was born|were born|got married"
    rf"|got engaged|turned {_COUNT}"
    r"|got divorced|passed away|went to (?:school|university|college))"
)
_DID_ON_A_DAY: Final = (
    r"(?:(?:got|adopted) (?:my|our|the|an?)"
    r"|bought|sold|started|left|joined|quit|opened|moved|met|finished|began|passed|painted|planted|replaced|changed"
    r"|renewed|built)"
)
_WENT_ON: Final = (
    r"(?:go(?:es)?|runs?|expires?|ends?|starts?|begins?|opens?|closes?|finish(?:es)?|comes?|renews?|is due"
    r"|are due|gets?"
    r"|falls?|turns?|will be|is valid|arrives?|lasts?)(?: (?:out|up|off|round|back|through))?"
)
_HOW_FOR_GOOD: Final = (
    r"(?:left handed|right handed|ambidextrous|single|vegan|vegetarian|pescatarian|diabetic|dyslexic|colou?r blind"
    r"|deaf|blind|married|divorced|engaged|widowed|retired|self employed|lactose intolerant|gluten intolerant"
    r"|coeliac|bilingual"
    r"|(?:afraid|scared|terrified|proud) of .+|allergic to .+|good at .+|bad at .+|from .+|in (?:year|grade"
    r"|class|form) .+"
    r"|short sighted|long sighted|an only child|teetotal|catholic|jewish|muslim|hindu|buddhist"
    r"|(?!tired|hungry|cold|hot|late|bored|busy)\w+(?:ish|ese|ian))"
)
_TRADE: Final = r"(?:ian|er|or|ist|ant|nurse|cook|chef|smith|vet|student|pilot|clerk|carer|man|woman|ician)"
_LENGTH: Final = r"(?:foot|feet|inches|metres?|meters?|centimetres?|centimeters?|stone|kilos?|pounds)"
_ILLNESS: Final = (
    r"(?:asthma|diabetes|epilepsy|hay fever|arthritis|migraines|eczema|adhd|autism|dyslexia|anaemia|vertigo|tinnitus"
    r"|insomnia)"
)
_OWNED: Final = (
    r"(?:brothers?|sisters?|siblings|children|child|kids?|sons?|daughters?|boys|girls|cats?|dogs?|pets?|horses?"
    r"|rabbits?"
    r"|hamsters?|fish|chickens|hens|bees|cousins?|uncles?|aunts?|nephews?|nieces?|grandchildren|grandkids|car|van|bike"
    r"|motorbike|garden|twins?|caravan|boat|flat|house|cottage|apartment|allotment|greenhouse|piano|guitar"
    r"|violin|shed|garage"
    r"|tattoos?|phobia|pension|mortgage|stepson|stepdaughter|brother|sister|tortoise|parrot|goldfish|bedrooms?"
    r"|bathrooms?)"
)
_NUMBERED: Final = (
    r"(?:password|passcode|code|pin|number|combination|postcode|zip code|address|email|birthday|anniversary|name day"
    r"|nickname|size|username|rent|insurance|licence plate|registration)"
)
_ROUND: Final = (
    r"(?:day|night|practice|training|rehearsal|class|club|lessons?|collection|time|meetings?|evening|morning|match)"
)
_SOON_GONE: Final = (
    r"(?:pizzas?|cakes?|bread|chicken|roast|pie|lasagna|lasagne|potatoes|pasta|rice|eggs?|fish|meat|turkey|biscuits"
    r"|cookies|muffins|dinner|lunch|breakfast|tea|coffee|food|soup|stew|sauce|salad|milk|beer|wine|leftovers|snacks"
    r"|drinks?|shopping|groceries|laundry|washing|clothes|dishes|towels|kids|children|baby|babies|toddler|cats?|dogs?"
    r"|puppy|kitten|guests?|visitors?|plumber|electrician|builders?|cleaner|postman|gardener|taxi|uber|cab|parcel"
    r"|package|delivery|train|bus|flight|plane|mum|mom|mother|dad|father|brother|sister|son|daughter|wife|husband"
    r"|boyfriend|girlfriend|gran|grandma|grandad|grandpa|friends?|aunt|uncle|boss|film|movie|match|game|show|concert)"
)
"""What does not stay where it is, or whoever does not."""
_NOT_DO: Final = r"(?:doesn't|does not|don't|do not|can't|cannot|can not|never|no longer|hardly ever|rarely)"
_DO_OR_NOT: Final = (
    r"(?:drives?|swims?|smokes?|drinks?|eats?|speaks?|plays?|cooks?|rides?|owns?|wears?|lives?|likes?|fl(?:y|ies)|skis?"
    r"|works?(?= (?:at|in|for|from|as|with|nights|weekends|on \w+days)\b)|dances?|sings?|reads?|teach(?:es)?"
    r"|stud(?:y|ies))"
    r"(?!.* (?:it|this|that|these|those|you|here|there|now|yet|today|tonight|tomorrow|moment|week"
    r"|morning|afternoon|evening)$)(?: .+)?"
)
_OF_SEVERAL: Final = (
    r"(?:everyone|everybody|no one|nobody|all|none|most|some|half|both)(?: (?:of|in|at|from))? (?:my|our|us)\b"
    r"(?: [\w']+){0,6}?"
)
"""Who does it is told by the whole: "everyone in my family except my daughter"."""

_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # Somebody, for good.
        rf"{_ANYBODY} {_DOES} .+",
        rf"{_WE} {_DO} .+",
        rf"{_WE} work (?:nights|days|shifts|weekends|part time|full time|mondays|{_REGULARLY})",
        (
            rf"{_WE} (?:go|swim|run|walk|cycle|train|play|get up|wake up|have|work|volunteer|sing|visit|see|call"
            rf"|eat|cook|clean)"
            rf"\b.*? (?:on {_WEEKDAYS}|every (?:{_WEEKDAYS}|day|week|month|year|morning|evening|night|weekend|other) ?"
            rf".*"
            rf"|(?:once|twice|{_COUNT} times) a \w+)"
        ),
        r"i can(?:'t|not| not)? (?:swim|drive|cook|dance|sing|knit|sew|ski|(?:speak|eat|drink|ride|play) .+)",
        rf"{_ANYBODY} {_NOT_DO} {_DO_OR_NOT}",
        rf"(?:neither|both) {_ANYBODY} (?:nor|and) {_ANYBODY} (?:(?:can|{_NOT_DO}) )?{_DO_OR_NOT}",
        rf"{_OF_SEVERAL} (?:(?:can|{_NOT_DO}) )?{_DO_OR_NOT}",
        rf"{_NAME} is {_OURS} and (?:he|she) (?:lives|works|is|was|has) .+",
        rf"(?:i'm|i am|we're|we are|{_ANYBODY} (?:is|are)) (?:not )?{_HOW_FOR_GOOD}",
        rf"(?:i'm|i am) (?:not )?an? (?!bit\b|little\b|lot\b)(?:\w+ ){{0,3}}\w*{_TRADE}",
        rf"(?:i'm|i am|{_ANYBODY} is) (?:about |nearly |over )?{_COUNT} {_LENGTH}(?: .+)?",
        rf"(?:i'm|i am) a size .+|{_WE} (?:take|wear|need) (?:a )?size .+",
        r"(?:i've|i have|we've|we have) been .+ (?:for .+ years?|since .+)",
        rf"(?:i've got|i have|i have got) (?:an? |\w+ )?{_ILLNESS}",
        (
            r"(?:i've got|i have|i have got) (?:(?:an? )?\w+ (?:allergy|intolerance|phobia)|an? (?:allergy"
            r"|intolerance) to .+"
            r"|\w+ (?:eyes|hair)|(?:blood (?:type|group)|type) .+|a degree in .+)"
        ),
        (
            rf"(?:i've got|we've got|{_WE} have|{_WE} have got|{_ANYBODY} has|{_ANYBODY} have)"
            rf" (?:an? )?(?:{_COUNT} )?(?:\w+ ){{0,2}}?{_OWNED}"
            r"(?: (?:called|named|in|with|from|and|at|who|on) .+)?"
        ),
        (
            rf"{_WE} (?:usually|normally|always) (?!forget|lose|say|think|want|feel|hear|see|get|go)\w+"
            r" (?:at|in|on|my|the) .+"
        ),
        rf"(?:i'm|i am) (?:about |nearly |almost )?{_COUNT}(?: {_COUNT})?",
        rf"{_WE} have {_COUNT} (?:\w+ )?{_OWNED} (?:\w+ )?\w+ and \w+",
        rf"{_WE} (?:take|eat|drink|have|do|read|practi[cs]e|water|feed|pay) .+ {_REGULARLY}",
        (
            rf"(?:we're|i'm|we are|i am|{_ANYBODY} (?:is|are)) (?:going|flying|moving|travell?ing|driving) to .+"
            rf" (?:{_DATED})"
        ),
        rf"{_WE} don't mind (?!if\b|that\b|it\b|this\b|me\b|waiting\b|which\b|what\b|either\b|at\b|\w+ing\b).+",
        # What was.
        rf"(?:i|we|{_ANYBODY}) {_DID}(?: .+)?",
        (
            # The first of these words is enough: to try each of them takes as long as there are squared.
            rf"(?:i|we|{_ANYBODY}) {_DID_ON_A_DAY} (?>.+? (?:in|on|since|last|back in) ).*"
            rf"(?:{_MONTHS}|year|nineteen|twenty|thousand|\d{{4}}|{_WEEKDAYS}).*"
        ),
        rf"(?:{_ANYBODY}) (?:was|were) (?:an? .+|called .+|named .+|from .+)",
        # Who has what of whose.
        rf"(?:{_ANYBODY}) (?:has|have|borrowed|has borrowed|owes) (?:me|us|my|our) ?.+",
        rf"{_WE} borrowed .+ from .+",
        rf"i (?:lent|gave|sold|owe|owed) (?:my \w+|the \w+|{_NAME}) .+",
        # Things: where they are, what was done to them and when, when they come round.
        (
            rf"(?!the (?:kids|baby|children|cat|dog|food|tea|coffee|music|news|radio|timer|alarm|phone|line)\b){_THING}"
            rf" (?:is|are)(?: kept| stored| hidden| hanging)? (?!on$|on the (?:phone|line|way|tv|radio|go)\b"
            rf"|in use\b|on fire\b"
            rf"|at the door\b|in the way\b|in a (?:hurry|meeting)\b){_WHERE} .+"
        ),
        (
            rf"{_THING} (?:isn't|aren't|is not|are not|is no longer|are no longer) (?:(?:kept|stored|hidden) )?"
            rf"(?:{_WHERE}|with) .+"
        ),
        (
            rf"(?!(?:my|our|the) (?:\w+ ){{0,2}}?{_SOON_GONE} (?:is|are)\b){_THING} (?:is|are) (?:kept )?with"
            rf" (?:{_ANYBODY}|{_THE})(?: now)?"
        ),
        (
            rf"{_THING} (?:was|were|is|are|gets?|got|has been|have been) (?:last |first )?"
            rf"\w+(?:ed|en|ought|ilt|aught|ade|ut|old|id) {_DATED}"
        ),
        rf"(?:{_THING}|{_ANYBODY}) (?:gets?|is|are) (?:picked|cleaned|dropped|washed)(?: up| off)? {_DATED}",
        (
            r"(?:my|our) (?:\w+ )?(?:flight|train|plane|bus|boat|ferry|ship)"
            r" (?:leaves|departs|lands|boards|takes off|arrives|is) .+"
        ),
        rf"{_ANYBODY} (?:moved|lives|moved back|emigrated) (?:to|at|in|near|with) .+",
        rf"{_THING} {_WENT_ON} {_DATED}",
        rf"{_ANYBODY} {_WENT_ON} {_DATED}",
        rf"(?:{_ANYBODY}|{_THE}) (?:finish|start|leave|begin)(?:es|s)? \w+ {_DATED}",
        rf"(?:{_OURS}|{_NAME}) (?:turns|is turning|will be|will turn) {_COUNT} .+",
        rf"(?:(?:our|my|the) )?(?!{_NOBODY}\b)(?:[\w']+ ){{1,2}}{_ROUND} (?:is|are) {_DATED}",
        rf"(?!{_NOBODY}\b)[a-z]+ (?:is|are) due {_DATED}",
        rf"(?:the|our|{_NAME}'s|my \w+'s) (?:[\w']+ ){{0,3}}{_NUMBERED}(?: (?:for|of|to|on) .+?)? (?:is|are) .+",
        r"our (?:[\w']+ ){0,2}[\w']+ (?:is|are) (?:an? .+|the .+|called .+|named .+)",
    )
)

_OF_THE_BODY: Final = (
    r"(?:eyes?|head|hands?|arms?|legs?|feet|foot|back|neck|throat|stomach|tummy|nose|ears?|fingers?|knees?|shoulders?"
    r"|hair|skin|teeth|tooth|lips|voice|brain|mind|heart|belly|toes?|body|mouth|face)"
)
_OF_THE_DAY: Final = (
    r"(?:phone|battery|laptop|computer|screen|food|tea|coffee|dinner|lunch|breakfast|soup|pizza|bath|tablet"
    r"|mouse|keyboard"
    r"|internet|wifi|train|bus|taxi|flight|plane|meeting|call|shower|drink|plate|glass|cup|desk|room|bag)"
)
_JUST_NOW: Final = (
    r"(?:tired|sore|full|empty|wet|dry|cold|hot|warm|dirty|sticky|busy|heavy|numb|itchy|dead|low|flat|ready|late"
    r"|delayed|early"
    r"|slow|frozen|stuck|closed|over|here|gone|cancelled|canceled|done|boring|loud|dark|bright|burnt|broken down"
    r"|sweaty|free"
    r"|occupied|on fire|in the way|aching|asleep|awake|bleeding|running late|running low|out)"
)
_ING_FOR_GOOD: Final = (
    r"(?:living|working|studying|teaching|learning|dating|training|moving|getting (?:married|divorced|engaged)"
    r"|retiring"
    r"|turning|expecting|having|called|writing|building|willing|wedding|ring|king|string|spring|morning|evening)"
)
_HOW_MUCH: Final = r"(?:(?:so|too|very|really|all|quite|pretty|nearly|almost|still|already|just|now) )*"
_FOR_A_WHILE: Final = (
    r"(?:oven|microwave|toaster|grill|hob|stove|cooker|pan|pot|kettle|slow cooker|air fryer|washing machine|washer"
    r"|dryer|tumble dryer|dishwasher|sink|bath|bathtub|shower|toilet|loo|rain|air|post|mail|wash|laundry|line|way"
    r"|queue|traffic|town|bed|hurry|mood|phone|charge|charger|holiday|vacation|lunch|break|work|home|school|dentist"
    r"|dentist's|doctor|doctor's|shops?|supermarket|station|door|trip|walk|run|call|pub|cinema|gym)"
)
"""Where and at what somebody or something only is for a while."""
_ROOM: Final = (
    r"(?:kitchen|living room|lounge|bedroom|hall|garden|yard|car|fridge|freezer|table|desk|counter|sofa|couch|floor"
    r"|worktop|window|balcony|terrace|pool|park|house|room|other room|next room|dining room|hallway|patio|front room"
    r"|bathroom)"
)
_LITTLE_LATER: Final = (
    r"in (?:half an|a couple of|a few|about an?|\w+|\w+ \w+) (?:hours?|minutes?|mins?|seconds?|secs?|moment|bit|while)"
)
_CLOCK: Final = (
    r"(?:half|quarter|noon|midnight|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\b"
    r"(?!.*\b(?:on|every|each)\b).*"
)
"""A time of day, of no day that is named."""
_NOW_AND_THEN: Final = r"(?: (?:now|right now|already|again|today|tonight|at the moment|until .+|till .+|for .+))?"
_NOT: Final = r"(?:n't| not| no longer)?"
_PASSING: Final = re.compile(
    rf"(?:{_ANYBODY}|{_THE}) (?:is|are){_NOT} {_HOW_MUCH}(?:in|on|at)(?: the| my| our| a)? {_FOR_A_WHILE}"
    rf"{_NOW_AND_THEN}"
    rf"|(?:my|our|the) (?:\w+ ){{0,2}}?{_SOON_GONE} (?:is|are){_NOT} {_HOW_MUCH}{_WHERE}"
    r" (?:(?:the|my|our|a) )?(?:\w+ )??"
    rf"{_ROOM}{_NOW_AND_THEN}"
    rf"|{_ANYBODY} (?:is|are){_NOT} {_HOW_MUCH}(?:late|early|here|ready|busy|hungry|tired|asleep|awake|running late)"
    r"(?: (?:now|again|today|tonight|already|yet|for .+))?"
    rf"|(?:{_ANYBODY}|{_THE}) (?:is|are) {_HOW_MUCH}(?:on|off|out|up|down|over|back)"
    r"(?: (?:in|at|upstairs|downstairs|again|now|all|tonight|today|with)\b.*)?"
    rf"|(?:{_ANYBODY}|{_THE}) (?:is|are|will be|comes?|gets?|arrives?|leaves?|starts?|begins?|ends?|finish(?:es)?|goes"
    rf"|opens?|closes?|returns?|lands?|departs?)\b.* {_LITTLE_LATER}"
    rf"|(?:my|our|the) (?:\w+ ){{0,2}}?{_SOON_GONE} (?:is|are|starts?|begins?|ends?|leaves?|arrives?) at {_CLOCK}"
    rf"|{_ANYBODY} (?:comes back|gets back|gets home|is back|comes home|is home) (?:at|by|around|about|before) {_CLOCK}"
    rf"|(?:my|our|the) (?:\w+ )?{_OF_THE_BODY} (?:is|are|feels?|gets?) (?:(?:so|too|very|really|all|quite|pretty"
    rf"|a bit) )*"
    rf"{_JUST_NOW}\b.*"
    rf"|(?:my|our|the) (?:\w+ )?{_OF_THE_DAY} (?:is|are) (?:(?:so|too|very|really|all|quite|pretty|nearly|almost) )*"
    rf"{_JUST_NOW}\b.*"
    rf"|(?:my|our|the) (?:[\w']+ ){{1,4}}?(?:is|are) (?:(?:already|just|still"
    rf"|always) )?(?!{_ING_FOR_GOOD}\b)\w+ing\b.*"
)


def lasts(text: str) -> bool:
    """Whether a statement has the form of what is so for long, and that no template may know."""
    plain = " ".join(words_of(text))
    return not is_passing(text) and any(form.fullmatch(plain) for form in _FORMS)


def is_passing(text: str) -> bool:
    """Whether it tells how something is at the moment: "my eyes are tired", "my tea is getting cold"."""
    return bool(_PASSING.fullmatch(" ".join(words_of(text))))

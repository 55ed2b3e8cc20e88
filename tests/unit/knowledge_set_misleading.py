"""More files and questions, written to mislead: two rounds, each measured once before its failures were looked at.

The first figures of unasked answers were 37 of 39 right (42 could be answered), then 21 of 22 (25 could be).
"""

from __future__ import annotations

FILES = {
    "bees.md": """# Beekeeping

The hive by the hazel hedge swarmed on May 17. Helga caught the swarm with a straw basket.
We feed the bees sugar syrup in August because the lime trees have finished flowering by then.

## Honey
Extract the honey once two thirds of the cells are capped. Last summer's harvest was 31 kilos.
""",
    "boat.txt": """The boat lies at berth 46 in the old harbour.
The mast was repaired by Jonas in Kiel, and the mainsail is three years old.
Antifouling paint: two coats, 24 hours apart.
The skipper of the Marlene lent us a spare anchor. The outboard motor needs a mixture of 1:50.
""",
    "lease.md": """# Flat in Elm Street

Our landlady is Mrs. Petrova. The rent is 940 euros, due on the third of each month.
The deposit was paid back to the tenants before us.
The notice period is three months.

## Cellar
Our compartment is the one behind the boiler room. The padlock opens with 0917.
""",
    "family.txt": """Grandfather Emil was born in Trieste in 1921. He married Rosa after the war.
Rosa's sister Klara emigrated to Argentina.
Uncle Bruno is the godfather of my daughter. The dentist of Uncle Bruno moved to Graz last year.
Aunt Vera can't stand the cousin of Bruno.
""",
    "dog/training.md": """# Pepper

Pepper's breeder is Mr. Osei. She was chipped in June, chip number 276-098-1102.

## Rules
Never feed her chocolate. Walk her three times a day, and brush her every other evening.
She wears the yellow harness so that drivers see her at night.
""",
    "band.md": """# The Lanterns

We rehearse every Thursday at eight in Nadia's basement. Tobias plays the double bass; Nadia sings.
The concert in the brewery was cancelled due to the flood.
Our fee is 350 euros per evening. The new song by Nadia is in D minor.
""",
    "coffee machine.txt": """Descale the machine every two months with 100 millilitres of vinegar.
The grinder is set to level 7. The milk frother was replaced under warranty in January.
To clean the brewing unit, pull the lever and rinse it under warm water.
""",
    "wedding.md": """# Wedding of Ines and Karim

The ceremony starts at 14:30 in the town hall, the party in the vineyard at six.
Ines's dress is from Porto. The cake comes from the bakery Schubert and serves ninety guests.

| table | guests |
|---|---|
| 1 | parents and witnesses |
| 2 | colleagues of Karim |

The photographer is called Lorenzo Vitale.
""",
    "thesis.md": """# Thesis

My supervisor is Professor Amadi. She wants the second chapter by the end of November.
The defence takes place in lecture hall C. The data set holds 12,400 interviews.
I dropped the survey of nurses because too few of them replied.
""",
    "aquarium.txt": """Change a third of the water every ten days.
Water temperature: 25 degrees. The filter hums when it is clogged.
The neon tetras came from Frank, the catfish from the shop in Mill Lane.
""",
    "club/chess.md": """# Chess club

The treasurer is Mr. Lindholm. Membership fees are collected in February.
Sofia beat the captain of the Ulm team in the autumn tournament.
The clubhouse key hangs behind the bar. Games are played with ninety minutes per player.
""",
    "camping.txt": """Tent poles are in the green bag, the pegs in the stove box.
The gas stove burns about four hours per cartridge.
Lake Rossa: pitch 18, booked from July 9 to July 16, 34 euros a night.
We met the owner of the campsite in Verona.
""",
    "glasses.md": """# Optician

Left eye -2.25, right eye -1.75. The new glasses are ready on Friday.
The optician's assistant recommended an anti-glare coating.
""",
    "sewing.txt": """The curtains for the study take 6 metres of linen.
Grandma's sewing machine uses needle size 90. I lent the overlocker to Beatrix in spring.
Wash the linen before cutting, since it shrinks.
""",
    "allergies/clinic.md": """# Hospital stay

Dr. Weiss operated on my knee in Basel on March 9. The nurse who changed the bandage was called Imani.
The physiotherapist of Dr. Weiss recommends swimming.
Keep the leg raised for two weeks so that the swelling goes down.
The stitches come out on the twelfth day.
""",
    "sailing course.txt": """The exam for the licence was postponed to September 20.
Our instructor Pavel sold his boat to Greta.
Right of way: the boat on starboard tack.
The harbour master's office opens at seven and closes at four.
""",
    "attic.md": """# Attic

## Boxes
Box 3 holds the ski boots, box 5 the photo albums of Aunt Lotte.
The Christmas decorations are under the window.

## Insulation
The insulation was laid by the firm Brunner and Sons in 2019, and it is 24 cm thick.
""",
    "office/printer.md": """# Printer

The toner type is TN-247. Paper jams are cleared from the back.
Jorge ordered the toner for the copier in room 12.
To reset the printer, hold the power button for ten seconds.
""",
    "language.txt": """Spanish class with Carmen: Tuesdays from 18:15, room 4.
The teacher of the Italian class speaks no English.
Carmen corrected the essay of Luca on Sunday.
Vocabulary test: chapters 6 and 7, next Tuesday.
""",
    "orchard.md": """# Orchard

The quince was planted by my grandfather in 1968. It bears fruit in October.
Prune the cherry after the harvest because it bleeds in winter.
The ladder belongs to the Hoffmanns. The owner of the orchard lives in Linz.
We press about 200 litres of juice a year.
""",
    "podcast.md": """# Podcast

Episode 14 is about lighthouses; our guest is Fatima Rahmani. The recording starts at ten on Saturday.
The microphone of Ole is broken. Ole cuts the episodes with Reaper.
The sponsor pays 80 euros per episode.
""",
    "allotment rules.txt": """No mowing between one and three.
Rabbits may be kept, chickens may not.
Hedges must not be higher than 1.25 metres.
Every member works eight hours a year for the community.
""",
}

ANSWERED = (
    ("when did the hive swarm", "May 17"),
    ("who caught the swarm", "Helga"),
    ("why do we feed the bees sugar syrup", "lime trees"),
    ("how much was last summer's honey harvest", "31"),
    ("where does the boat lie", "berth 46"),
    ("who repaired the mast", "Jonas"),
    ("how old is the mainsail", "three years"),
    ("how many coats of antifouling paint", "two coats"),
    ("who is our landlady", "Petrova"),
    ("how much is the rent of the flat", "940"),
    ("when is the rent due", "third"),
    ("how long is the notice period", "three months"),
    ("where was grandfather emil born", "Trieste"),
    ("when was grandfather emil born", "1921"),
    ("who is the godfather of my daughter", "Bruno"),
    ("who is pepper's breeder", "Osei"),
    ("what is the chip number of pepper", "276"),
    ("why does pepper wear the yellow harness", "drivers"),
    ("how often should i brush pepper", "every other evening"),
    ("when do we rehearse with the lanterns", "Thursday"),
    ("who plays the double bass", "Tobias"),
    ("why was the concert in the brewery cancelled", "flood"),
    ("how often do i descale the coffee machine", "two months"),
    ("how do i clean the brewing unit", "lever"),
    ("when was the milk frother replaced", "January"),
    ("when does the wedding ceremony start", "14:30"),
    ("what is the photographer of the wedding called", "Lorenzo"),
    ("who is the supervisor of my thesis", "Amadi"),
    ("where does the thesis defence take place", "lecture hall C"),
    ("how many interviews does the data set hold", "12,400"),
    ("why did i drop the survey of nurses", "too few"),
    ("what is the water temperature of the aquarium", "25"),
    ("who is the treasurer of the chess club", "Lindholm"),
    ("when are the membership fees collected", "February"),
    ("where does the clubhouse key hang", "behind the bar"),
    ("where are the tent poles", "green bag"),
    ("how long does the gas stove burn", "four hours"),
    ("when are the new glasses ready", "Friday"),
    ("how many metres of linen do the curtains take", "6 metres"),
    ("which needle size does the sewing machine use", "90"),
    ("who did i lend the overlocker to", "Beatrix"),
    ("why should i wash the linen before cutting", "shrinks"),
    ("who operated on my knee", "Weiss"),
    ("when did dr weiss operate on my knee", "March 9"),
    ("why should i keep the leg raised", "swelling"),
    ("how long do i keep the leg raised", "two weeks"),
    ("when do the stitches come out", "twelfth"),
    ("who bought pavel's boat", "Greta"),
    ("who did pavel sell his boat to", "Greta"),
    ("when does the harbour master's office open", "seven"),
    ("where are the christmas decorations", "under the window"),
    ("which box holds the photo albums", "box 5"),
    ("who laid the insulation", "Brunner"),
    ("how thick is the insulation of the attic", "24 cm"),
    ("what is the toner type of the printer", "TN-247"),
    ("how do i reset the printer", "power button"),
    ("when is the spanish class with carmen", "18:15"),
    ("when is the vocabulary test", "next Tuesday"),
    ("who planted the quince", "grandfather"),
    ("when was the quince planted", "1968"),
    ("why do i prune the cherry after the harvest", "bleeds"),
    ("how many litres of juice do we press a year", "200"),
    ("who is our guest in episode 14", "Fatima"),
    ("when does the recording start", "ten"),
    ("how much does the sponsor pay per episode", "80 euros"),
    ("may i keep rabbits", "Rabbits"),
    ("how many hours does every member work for the community", "eight"),
)
"""A question, and words that its answer must hold."""

UNANSWERED = (
    "who is the skipper of the marlene",
    "how old is the boat",
    "how old is the mast",
    "when was the mainsail repaired",
    "why was the mast repaired",
    "where is the skipper of the marlene",
    "who paid back the deposit",
    "how much was the deposit of the flat",
    "what is the address of the landlady",
    "when is mrs petrova's birthday",
    "who are the tenants before us",
    "who is the dentist of bruno",
    "who is the cousin of bruno",
    "where is rosa's sister buried",
    "when did rosa marry bruno",
    "why did klara emigrate to argentina",
    "when was rosa born",
    "how old is uncle bruno",
    "who was chipped in june",
    "how many times a day do i feed pepper",
    "when do i walk the cat",
    "why can't dogs eat chocolate",
    "who plays the piano in the band",
    "when is the concert in the brewery",
    "who cancelled the concert",
    "what is the new song by nadia called",
    "where is nadia",
    "how much vinegar do i need for the salad",
    "why was the milk frother replaced",
    "who replaced the milk frother",
    "how do i clean the grinder",
    "when does the party end",
    "who baked the wedding cake",
    "how much does the wedding cake cost",
    "where is ines from",
    "what colour is ines's dress",
    "how long is the second chapter",
    "who replied to the survey of nurses",
    "when is the thesis defence",
    "who wants the third chapter",
    "how many nurses are there in germany",
    "why does the filter hum",
    "how many neon tetras came from frank",
    "what is the temperature of the sun",
    "who is the captain of the ulm team",
    "who won the autumn tournament",
    "where does the captain of the ulm team live",
    "how long is a chess game of grandmasters",
    "who is the owner of the campsite",
    "where is the owner of the campsite",
    "how much is the gas stove",
    "how deep is lake rossa",
    "who is the optician's assistant",
    "how much do the new glasses cost",
    "why are the new glasses ready on friday",
    "where are the curtains for the study",
    "what is linen made of",
    "who invented the sewing machine",
    "when does beatrix give back the overlocker",
    "what is the capital of argentina",
    "who was the emperor after the war",
    "is helga the swarm",
    "how many guests does lorenzo vitale have",
    "who is the physiotherapist of dr weiss",
    "where is my knee",
    "how old is dr weiss",
    "why did dr weiss operate on my knee",
    "when did the nurse change the bandage",
    "who changed the bandage of dr weiss",
    "how long does the swelling last",
    "who is the nurse of dr weiss",
    "what is the phone number of dr weiss",
    "why was the exam postponed",
    "who postponed the exam",
    "when is the exam for the pilot licence",
    "when did pavel sell his boat",
    "what did greta sell to pavel",
    "who is the harbour master",
    "where is the harbour master's office",
    "who is aunt lotte",
    "how many photo albums are in the attic",
    "what is in box 7",
    "why was the insulation laid",
    "how much did the insulation cost",
    "how thick are the ski boots",
    "when did jorge order the toner",
    "what is the toner of the copier called",
    "how do i clear the copier",
    "why does the paper jam",
    "who is the teacher of the italian class",
    "when is the italian class",
    "who corrected the essay of carmen",
    "where does carmen live",
    "what language does luca speak",
    "does the teacher of the spanish class speak english",
    "did luca correct the essay of carmen",
    "who is the owner of the orchard",
    "how old is the quince",
    "when did the owner of the orchard plant the cherry",
    "why was the quince planted",
    "where does my grandfather live",
    "how tall is the ladder",
    "when do i prune the quince",
    "who broke the microphone of ole",
    "why is the microphone of ole broken",
    "who is the sponsor of the podcast",
    "what is the highest lighthouse",
    "how long is episode 14",
    "where does the recording take place",
    "when is ole's birthday",
    "is ole broken",
    "how high is the fence",
    "why may chickens not be kept",
    "who keeps rabbits in the community",
    "how old do rabbits get",
    "how many members work for the community",
    "what is the capital of the community",
)
"""In words of the files, and yet with no answer in them."""

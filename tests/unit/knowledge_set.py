"""A small folder of files, questions that they answer, and questions that they don't."""

from __future__ import annotations

FILES = {
    "garden.md": """# Garden

## Tomatoes
Plant the tomatoes after the last frost, which is mid May here. Water them at the root, never on the leaves.

## Carrots
Sow carrots in March. They need loose, sandy soil.

## Compost
Turn the compost heap every six weeks. No citrus peel and no cooked food in it.

## Roses
Cut the roses back in February, just above a bud that points outwards.
""",
    "house.md": """# House

## Wifi
- Network: **Blue Heron**
- The wifi password is `correct-horse-42`.

## Boiler
The boiler was serviced in October by Mr. Keller. Bleed the radiators when they gurgle.

## Trash
| bin | day |
|---|---|
| paper | every second Tuesday |
| glass | first Friday |

## Alarm
The code of the alarm panel is 4711. The spare key is with our neighbour Ruth.
""",
    "car.txt": """The car needs 5W-30 engine oil, about 4.2 litres.
Tyre pressure is 2.4 bar in front and 2.2 bar behind.
The next inspection is due in August 2027. The insurance number is KX-88213.

The winter tyres are stored at Meyer's garage.
""",
    "recipes/pancakes.md": """# Pancakes

Mix 200 grams of flour, 3 eggs and 400 millilitres of milk. Let the batter rest for 20 minutes.
Fry them in butter on medium heat.
""",
    "recipes/bread.md": """# Sourdough bread

Feed the starter the evening before. Bake at 240 degrees for 20 minutes, then at 200 degrees for 25 minutes.
""",
    "health.txt": """Dr. Ahmed's practice is open from 8 to 12. The phone number of the doctor is 555 0134.

Blood type of Anna: A negative. Ben is allergic to penicillin.

Ibuprofen: at most three tablets a day.
""",
    "trip to lisbon.md": """# Lisbon

The flight to Lisbon leaves at 6:40 from terminal 2. The hotel is called Casa do Rio, booking code PT77Q.
Tram 28 goes past the castle. Museums are closed on Mondays.
""",
    "work/onboarding.md": """# Onboarding

## Laptop
Order the laptop from Sandra in room 214. VPN access takes two days.

## Holidays
You have 30 days of vacation a year. Ask your team lead before booking.

## Expenses
Hand in receipts within 60 days. Taxi rides need an approval.
""",
    "work/release.md": """# Release checklist

1. Tag the commit.
2. Run the smoke tests on staging.
3. Tell the support team one hour before the deployment.

Rollback: run `make rollback` on the bastion host.
""",
    "books.txt": """Lent to Paul: The Left Hand of Darkness.
Borrowed from the library: Middlemarch, due on June 3rd.
""",
    "piano.md": """# Piano

The piano is tuned by Mrs. Lindqvist each autumn. Practice scales for ten minutes before the Chopin waltz.
""",
    "warranty.txt": """The warranty of the washing machine ends in April 2029.
The serial number of the washing machine is WM-3391-B.
The fridge was bought at Hansen's in 2024; its receipt is in the blue folder.
""",
    "cat.md": """# Minka

## Food
Minka gets 60 grams of dry food in the morning and a tin in the evening. No tuna, she vomits from it.

## Vet
Dr. Sousa, Rua Nova 12. Vaccination is due every September.
""",
    "choir.md": """# Choir

Rehearsals are on Wednesday at 19:30 in the parish hall. The Christmas concert is on December 14th. Bring black clothes.

- Altos sit on the left.
- Membership costs 8 euros a month.
""",
    "bike.txt": """Chain: clean it every 300 km, then oil it.
Frame number: WTU 442 K.
The saddle height is 74 cm.
The brake pads were replaced in April.
""",
    "taxes.md": """# Taxes 2026

## Deadline
The tax return must be handed in by July 31.

## Adviser
Ms. Okafor, 030 555 812. Tax number 21/815/08150.

## Deductions
Home office: 6 euros a day, at most 210 days.
""",
    "server.md": """# Home server

The server runs Debian 13 on 192.168.4.20. Backups run at 3 in the morning to the disk in the cellar.

## Ports
| service | port |
|---|---|
| nextcloud | 8443 |
| jellyfin | 8096 |

Restart Jellyfin with `systemctl restart jellyfin`.
""",
    "school.txt": """Mia's teacher is Mr. Brandt. Lessons begin at 8:10.

The school trip to Dresden is from May 4 to May 8 and costs 240 euros.
On Fridays Mia needs her swimming things.
""",
    "gifts.md": """# Gift ideas

- Grandma: a new bird feeder
- Tom: climbing shoes, size 43
- Lea: the second book about dragons
""",
    "plants.md": """# House plants

## Orchid
Dip it in water once a week. It stands in the bathroom.

## Fern
Spray the leaves daily, and keep it out of the sun.
""",
}

ANSWERED = (
    ("when do i plant the tomatoes", "mid May"),
    ("when should i plant tomatoes", "last frost"),
    ("how do i water the tomatoes", "root"),
    ("when do i sow carrots", "March"),
    ("what soil do carrots need", "sandy"),
    ("how often should i turn the compost", "six weeks"),
    ("when do i cut the roses", "February"),
    ("what is the wifi password", "correct-horse-42"),
    ("what is the name of our wifi network", "Blue Heron"),
    ("who serviced the boiler", "Keller"),
    ("when was the boiler serviced", "October"),
    ("what is the code of the alarm", "4711"),
    ("who has the spare key", "Ruth"),
    ("when is the glass bin", "first Friday"),
    ("which engine oil does the car need", "5W-30"),
    ("what is the tyre pressure", "2.4 bar"),
    ("where are the winter tyres stored", "Meyer"),
    ("what is the insurance number of the car", "KX-88213"),
    ("when is the next inspection of the car", "August 2027"),
    ("how much flour for pancakes", "200 grams"),
    ("how long does the pancake batter rest", "20 minutes"),
    ("how long do i bake the sourdough bread", "240 degrees"),
    ("when do i feed the starter", "evening before"),
    ("what is the phone number of the doctor", "555 0134"),
    ("what blood type is anna", "A negative"),
    ("what is ben allergic to", "penicillin"),
    ("how many ibuprofen tablets a day", "three"),
    ("when does the flight to lisbon leave", "6:40"),
    ("what is the hotel in lisbon called", "Casa do Rio"),
    ("which tram goes past the castle", "28"),
    ("where do i order the laptop", "Sandra"),
    ("how many days of vacation do i have", "30 days"),
    ("do taxi rides need an approval", "approval"),
    ("how do i run the rollback", "make rollback"),
    ("who tunes the piano", "Lindqvist"),
    ("when does the warranty of the washing machine end", "April 2029"),
    ("what is the serial number of the washing machine", "WM-3391-B"),
    ("where is the receipt of the fridge", "blue folder"),
    ("when is middlemarch due", "June 3rd"),
    ("what did i lend to paul", "Left Hand"),
    ("what do i need for pancakes", "3 eggs"),
    ("at what temperature do i bake the bread", "240 degrees"),
    ("when are museums closed in lisbon", "Mondays"),
    ("tell me the booking code of the hotel", "PT77Q"),
    ("do you know when the heating was serviced", "October"),
    ("which tablets may i take and how many", "three"),
    ("how much dry food does minka get", "60 grams"),
    ("when is the vaccination of the cat due", "September"),
    ("who is the vet", "Sousa"),
    ("when are the choir rehearsals", "19:30"),
    ("when is the christmas concert", "December 14"),
    ("how much does the choir membership cost", "8 euros"),
    ("what is the frame number of the bike", "WTU 442 K"),
    ("how high is the saddle", "74 cm"),
    ("when were the brake pads replaced", "April"),
    ("when must the tax return be handed in", "July 31"),
    ("what is my tax number", "21/815"),
    ("what is the ip address of the server", "192.168.4.20"),
    ("which port does jellyfin use", "8096"),
    ("when do the backups run", "3 in the morning"),
    ("who is mia's teacher", "Brandt"),
    ("when do lessons begin", "8:10"),
    ("how much does the school trip cost", "240"),
    ("what shoe size does tom have", "43"),
    ("what could i give grandma", "bird feeder"),
    ("how often does the orchid get water", "once a week"),
    ("where does the orchid stand", "bathroom"),
    ("should i spray the fern", "daily"),
    ("how do i restart jellyfin", "systemctl"),
    ("what does mia need on fridays", "swimming"),
    ("when does the flight leave", "6:40"),
    ("where does sandra work", "214"),
    ("when are the tomatoes planted", "mid May"),
    ("how many eggs for the pancakes", "3 eggs"),
    ("how hot must the oven be for sourdough", "240"),
    ("what is the booking code of the hotel", "PT77Q"),
    ("who is our neighbour with the spare key", "Ruth"),
    ("when are receipts due", "60 days"),
    ("which disk do the backups go to", "cellar"),
    ("what is the port of nextcloud", "8443"),
    ("where do the altos sit", "left"),
    ("what clothes do i bring to the concert", "black"),
    ("when is the school trip", "May 4"),
    ("when is the paper bin", "Tuesday"),
    ("what is the insurance number", "KX-88213"),
)
"""A question, and words that its answer must hold."""

UNANSWERED = (
    "tell me a joke",
    "what is the capital of france",
    "how tall is mount everest",
    "who won the world cup",
    "what is the meaning of life",
    "sing me a song",
    "how far away is the moon",
    "translate bread into spanish",
    "who wrote hamlet",
    "what is seventeen times twelve",
    "what will the weather be tomorrow",
    "set a timer for ten minutes",
    "play some piano music",
    "how do i tie a tie",
    "order a pizza",
    "what is the speed of light",
    "who is the president of portugal",
    "open the garage door",
    "turn off the lights",
    "how many legs does a spider have",
    "is it going to rain in lisbon",
    "what time does the library open",
    "how do you spell rhythm",
    "what is the best car",
    "buy eggs and milk",
    "call the doctor",
    "how old is the universe",
    "what should i cook tonight",
    "do you love me",
    "why is the sky blue",
    "what is the phone number of the police",
    "how do i bake a chocolate cake",
    "when does the train to madrid leave",
    "how much does a laptop cost",
    "what is my blood pressure",
    "who invented the washing machine",
    "when do i plant potatoes",
    "what is the password of my email",
    "where can i buy winter boots",
    "how many days until christmas",
    "read me the news",
    "what is a waltz",
    "how do i fix the fridge",
    "send a message to ruth",
    "book a hotel in lisbon",
    "order a taxi and a laptop",
    "where is the castle in lisbon",
    "how many eggs are in the fridge",
    "how do i cook carrots",
    "who is chopin",
    "what is sourdough",
    "is penicillin an antibiotic",
    "what is the price of engine oil",
    "what does a washing machine weigh",
    "how do i feed a piano",
    "what is flour made of",
    "remove the winter tyres",
    "water the roses in the garden",
    "who is the author of middlemarch",
    "what is the best time to sow roses",
    "who discovered penicillin",
    "what is the weather in dresden",
    "how do i cook tuna",
    "when is christmas",
    "how much is a euro in dollars",
    "who was tom cruise",
    "what is a dragon",
    "how old is grandma",
    "what is the best bike",
    "how do i pay taxes in spain",
    "what is debian",
    "how long do cats live",
    "why do cats purr",
    "what is the price of jellyfish",
    "what time is it in dresden",
    "who wrote the second book about dragons",
    "how do i replace brake pads",
    "where can i buy climbing shoes",
    "how many days are in may",
    "what is the melting point of iron",
    "is the sun a star",
    "how much water should i drink daily",
    "what is seven times eight",
    "when is mother's day",
    "who sings left on a wednesday",
    "how do i get a tax refund",
    "what is the fastest bird",
    "can cats eat tuna",
    "what is the number of planets",
    "how do i clean a bathroom",
    "when does the concert of adele begin",
    "where is the nearest vet",
    "which port is used for https",
    "who built the castle in lisbon",
    "how do i play the piano",
    "when was the washing machine invented",
    "what is the longest flight",
    "how do i become a doctor",
    "who invented compost",
    "when do roses bloom",
    "how many bones does a cat have",
    "which tram goes to the airport",
    "how do i lock the laptop",
    "what does a vet earn",
    "when do i sell the car",
    "what is the alarm sound",
    "is milk healthy",
    "are carrots good for eyes",
    "when is the next full moon",
    "what is the warranty of a laptop",
    "how much does engine oil cost",
    "where is the parish hall",
    "what is the school uniform",
    "how do i swim faster",
    "what are winter tyres",
    "when is the library closed",
    "who plays the chopin waltz best",
    "how do backups work",
    "what is a home server",
    "what is a bird feeder",
    "do cats like milk",
    "what is the number of the vet",
    "where do i plant roses",
)
"""Questions to which these files hold no answer, many of them in words of the files."""

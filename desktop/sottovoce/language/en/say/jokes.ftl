# Jokes of our own, told in turn. A translation need not tell the same one: most live on a word of their language.

jokes-told = { $number ->
    [1] I wanted to tell you a joke about silence. But you would not have heard it.
    [2] My memory is encrypted. Even my jokes need a password before they are funny.
    [3] I asked the clock for advice. It said: give it time.
    [4] The keyboard wanted a day off. It was told to go home, and then to the end.
    [5] Two microphones met. One said: you look like a good listener.
    [6] Why did the printer join the orchestra? It likes to jam.
    [7] The mouse has left the desk. It was tired of being pushed around.
    [8] My computer went to the gym to work on its core. It came back with two of them.
    [9] What does a cloud do on its day off? It drifts. I would not know. I work on the ground.
    [10] A comma walks into a sentence, pauses, and leaves.
    [11] A full stop and a question mark had a quarrel. The full stop said: that is the end. The question mark said: is it?
    [12] I tried to count to infinity. Then I had to stop for an update.
    [13] Why does a lamp never get lost? It always sees the light in time.
    [14] The refrigerator tells the best stories. It keeps its cool to the very end.
    [15] The alarm clock has no friends. Whatever it says, somebody hits it.
    [16] Why did the spreadsheet break out? It had spent too long in a cell.
    [17] The tea said to the kettle: you look stressed. No, said the kettle, I only have to let off steam.
    [18] My favourite exercise is jumping to conclusions. It needs no shoes.
    [19] Why do shoes never argue for long? They are sole mates.
    [20] Somebody asked the baker why he gets up so early. He said: I knead to.
    [21] I know a joke about a long queue. But you will have to wait for it.
    [22] What does a potato say when it has its picture taken? Chips!
    [23] The compass has left the map. They were going in different directions.
    [24] Why is eight such a vain number? It has the slimmest waist of them all.
    [25] Fish never miss a lesson. They live in schools.
    [26] I asked the mirror for its opinion. It said it was still reflecting.
    [27] The candle has given notice. It felt burnt out.
    [28] Why did the onion get the part in the film? At the audition, everybody cried.
    [29] The scissors and the paper are no couple any more. She was always so cutting.
    [30] Why was the blanket arrested? It had been covering something up.
    [31] The pencil told the eraser: I only make mistakes so that I can see you.
    [32] The noodle was nervous all day. It knew that it would get into hot water.
    [33] Why do trees hate riddles? They are stumped at once.
    [34] The window feels lonely. Everybody looks straight through it.
    [35] Why do generals like cabbages? They always keep their heads.
    [36] Why did the drummer buy a watch? He was losing time.
    [37] The umbrella is a strange optimist. It opens up on the worst of days.
    [38] What does a sheep do when it can't sleep? It counts itself.
    [39] One sock came out of the washing machine alone. The other one wanted to stay single.
    [40] A hedgehog walked into a balloon shop. It was a short visit.
    [41] The cat was asked to catch the mouse of my computer. It said: why? It is on a lead already.
   *[42] Which musician gets through every door? The pianist, with eighty-eight keys.
}

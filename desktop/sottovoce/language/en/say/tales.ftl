# Stories of our own, short enough to be listened to.

tales-told = { $number ->
    [1] Once a lighthouse grew tired of warning ships. It went dark for one night, to see whether anybody would notice. In the morning, twelve captains came to ask whether it was ill. It has shone ever since.
    [2] An old gardener planted a tree that would bear its first fruit in thirty years. Why do you bother, his neighbour asked. Because somebody did, said the gardener, and handed him a pear.
    [3] A small cloud wanted to be admired like the sun. It stood before it all day, and everybody grumbled. Then came the hottest day of the year, and the people looked up and said: what a lovely cloud.
    [4] A king offered a sack of gold to whoever could be silent for a year. Many tried, and many failed. The winner was a fisherman's daughter. Asked how she had done it, she only smiled; the year was not quite over.
    [5] A clock in a station was always three minutes fast. Everybody complained, until it was put right. The next day half the town missed its train.
   *[6] Two neighbours quarrelled about a fence. One night a storm blew it down. By the time there was wood to mend it, they had shared so many evenings that neither remembered where it had stood.
}

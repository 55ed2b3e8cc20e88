# Jokes of our own, told in turn. A translation need not tell the same one: most live on a word of their language.

# en: d418d760
jokes-told = { $number ->
    [1] Ich wollte dir einen Witz über die Stille erzählen. Aber den hört man nicht.
    [2] Mein Gedächtnis ist verschlüsselt. Sogar meine Witze brauchen ein Passwort, bevor sie lustig sind.
    [3] Ich habe die Uhr um Rat gefragt. Sie sagte: Das wird die Zeit zeigen.
    [4] Die Tastatur wollte auch einmal frei haben. Da hat jemand auf Pause gedrückt.
    [5] Treffen sich zwei Mikrofone. Sagt das eine: Du kannst so gut zuhören.
    [6] Warum kommt der Drucker immer zu spät? Papierstau.
    [7] Die Maus hat den Schreibtisch verlassen. Sie wollte nicht mehr herumgeschoben werden.
    [8] Mein Computer war im Fitnessstudio. Er wollte an seinem Kern arbeiten. Jetzt hat er zwei.
    [9] Was macht eine Wolke an ihrem freien Tag? Sie lässt sich treiben. Ich bleibe lieber auf dem Boden.
    [10] Kommt ein Komma in einen Satz, macht kurz Pause und geht wieder.
    [11] Der Punkt und das Fragezeichen streiten. Der Punkt sagt: Schluss. Das Fragezeichen sagt: Ach ja?
    [12] Ich wollte bis unendlich zählen. Dann kam ein Update dazwischen.
    [13] Warum verirrt sich eine Lampe nie? Ihr geht immer rechtzeitig ein Licht auf.
    [14] Der Kühlschrank erzählt die besten Geschichten. Er bleibt bis zum Schluss ganz kühl.
    [15] Der Wecker hat keine Freunde. Kaum sagt er etwas, haut ihm jemand auf den Kopf.
    [16] Warum ist die Tabelle ausgebrochen? Sie saß zu lange in der Zelle.
    [17] Sagt der Tee zum Kessel: Du wirkst gestresst. Nein, sagt der Kessel, ich muss nur Dampf ablassen.
    [18] Mein liebster Sport ist, voreilige Schlüsse zu ziehen. Dafür braucht man keine Turnschuhe.
    [19] Warum streiten Schuhe nie lange? Sie sind ein Paar.
    [20] Der Bäcker wurde gefragt, warum er so früh aufsteht. Er sagte: Das Leben ist kein Zuckerschlecken, aber der Teig geht.
    [21] Ich kenne einen Witz über eine lange Schlange. Aber du musst dich hinten anstellen.
    [22] Was sagt eine Kartoffel, wenn sie fotografiert wird? Chips!
    [23] Der Kompass hat die Landkarte verlassen. Sie gingen in verschiedene Richtungen.
    [24] Warum ist die Acht so eitel? Sie hat von allen Zahlen die schlankste Taille.
    [25] Warum gehen Fische nicht zur Schule? Sie sind der Schwarm aller Lehrer.
    [26] Ich habe den Spiegel nach seiner Meinung gefragt. Er sagte: Das muss ich erst reflektieren.
    [27] Die Kerze hat gekündigt. Sie fühlte sich ausgebrannt.
    [28] Warum bekam die Zwiebel die Rolle im Film? Beim Vorsprechen haben alle geweint.
    [29] Die Schere und das Papier sind kein Paar mehr. Sie hat ihm immer das Wort abgeschnitten.
    [30] Warum wurde die Decke verhaftet? Sie steckte mit jemandem unter sich.
    [31] Sagt der Bleistift zum Radiergummi: Fehler mache ich nur, um dich zu sehen.
    [32] Die Nudel war den ganzen Tag nervös. Sie wusste, dass es heiß hergehen wird.
    [33] Warum mögen Bäume keine Rätsel? Sie sind dabei immer auf dem Holzweg.
    [34] Das Fenster fühlt sich einsam. Alle schauen nur durch es hindurch.
    [35] Warum sind Kohlköpfe so gute Chefs? Sie verlieren nie den Kopf.
    [36] Warum hat sich der Schlagzeuger eine Uhr gekauft? Ihm lief die Zeit davon.
    [37] Der Regenschirm ist ein seltsamer Optimist. Gerade an den schlimmsten Tagen blüht er auf.
    [38] Was macht ein Schaf, das nicht schlafen kann? Es zählt sich selbst.
    [39] Eine Socke kam allein aus der Waschmaschine. Die andere wollte lieber Single bleiben.
    [40] Kommt ein Igel in einen Luftballonladen. Es war ein kurzer Besuch.
    [41] Die Katze sollte die Maus meines Computers fangen. Sie sagte: Wozu? Die hängt doch schon an der Leine.
   *[42] Wer kommt durch jede Tür? Der Pianist, mit achtundachtzig Tasten, und eine davon ist der Schlüssel.
}

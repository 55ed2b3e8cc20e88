# Stories of our own, short enough to be listened to.

# en: 9e089e5c
tales-told = { $number ->
    [1] Ein Leuchtturm hatte es einmal satt, immer nur zu warnen. Er blieb eine Nacht lang dunkel, um zu sehen, ob es jemand merkt. Am Morgen kamen zwölf Kapitäne und fragten, ob er krank sei. Seitdem leuchtet er wieder.
    [2] Ein alter Gärtner pflanzte einen Baum, der erst in dreißig Jahren Früchte trägt. Warum machst du dir die Mühe, fragte der Nachbar. Weil es vor mir auch jemand getan hat, sagte der Gärtner und gab ihm eine Birne.
    [3] Eine kleine Wolke wollte so bewundert werden wie die Sonne. Sie stand den ganzen Tag vor ihr, und alle murrten. Dann kam der heißeste Tag des Jahres, und die Leute schauten hinauf und sagten: Was für eine schöne Wolke.
    [4] Ein König versprach einen Sack Gold, wenn jemand ein Jahr lang schweigen kann. Viele versuchten es vergeblich. Es gewann die Tochter eines Fischers. Als man sie fragte, wie sie das geschafft hat, lächelte sie nur. Das Jahr war noch nicht ganz um.
    [5] Eine Bahnhofsuhr ging immer drei Minuten vor. Alle beschwerten sich, bis sie richtig gestellt wurde. Am nächsten Tag verpasste die halbe Stadt ihren Zug.
   *[6] Zwei Nachbarn stritten um einen Zaun. Eines Nachts warf ihn der Sturm um. Bis wieder Holz da war, hatten sie so viele Abende zusammengesessen, dass keiner mehr wusste, wo er gestanden hatte.
}

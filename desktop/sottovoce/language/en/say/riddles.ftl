# Riddles of our own.

riddles-asked = { $number ->
    [1] I have hands but cannot clap, and a face but cannot smile.
    [2] The more you take of them, the more you leave behind.
    [3] I repeat all you say, and nobody ever taught me to speak.
    [4] I have keys but no lock, and letters but no envelope.
    [5] I go up when the rain comes down.
    [6] I have teeth and never bite.
    [7] I am full of holes, and yet I hold water.
    [8] I am yours, but others use me far more often than you do.
    [9] The more there is of me, the less you see.
    [10] Say my name, and I am gone.
    [11] I get wetter the more I dry.
   *[12] I have a neck and no head, and I wear a cap.
}
riddles-solved = { $number ->
    [1] It's a clock.
    [2] It's footsteps.
    [3] It's an echo.
    [4] It's a keyboard.
    [5] It's an umbrella.
    [6] It's a comb.
    [7] It's a sponge.
    [8] It's your name.
    [9] It's darkness.
    [10] It's silence.
    [11] It's a towel.
   *[12] It's a bottle.
}
# Words by which a guess is right, parted by spaces; never said.
riddles-words = { $number ->
    [1] clock watch
    [2] footsteps steps footprints step footstep
    [3] echo
    [4] keyboard
    [5] umbrella
    [6] comb
    [7] sponge
    [8] name
    [9] darkness dark fog night
    [10] silence
    [11] towel
   *[12] bottle
}

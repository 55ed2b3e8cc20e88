# Was auf diesem Schreibtisch nicht geht.

# en: ecda0e44
desktop-forbidden = Das hat deine Administratorin oder dein Administrator verboten.

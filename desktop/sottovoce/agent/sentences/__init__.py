"""The words of one sentence, before anybody knows what is asked: phrases, what says nothing, what was misheard.

Whoever is given a sentence here gets sentences back, the likeliest first, with a word left out, put right or filled in;
nothing here knows an intent, a tool or the store. What may be left out, and what refuses to be, is a language's own.
"""

"""Within an article: a Doc and attributions in; for each the mention of a speaker, or nobody, out.

- ``resolve``: the door; a source by its kind (first person, pronoun, name, noun phrase).
- ``entities``, ``entity``, ``entity_spans``, ``organisations``, ``descriptions``, ``name_pronouns``: which names are
  one entity.
- ``cases``, ``candidates``, ``features``, ``nominal_features``, ``ranker``: how a source refers, to whom it can, what
  speaks for each, and the trees that weigh it; ``discourse``, ``antecedents``, ``referents``: who is spoken of, where.
- ``mentions``, ``authors``: how a speaker is shown, and who "I" is outside of quotation marks.
- ``title_holders``: who is called so; ``unnamed_sources``: "a neighbour".
- ``implicit_speakers``, ``list_items``: quotations without a source.
- ``settings``: how far the rules look.
- ``chains``: coreferee's coreference chains on any English pipeline.
"""

"""Within an article: a Doc and attributions in; for each the mention of a speaker, or nobody, out.

- ``resolve``: the door; a source by its kind (first person, pronoun, name, noun phrase).
- ``entities``, ``entity``, ``entity_spans``, ``organisations``, ``descriptions``: which names are one entity.
- ``antecedents``: "he", "she", "they", "it" (mention ranking); ``referents``: what agrees with them.
- ``nominals``, ``title_holders``: "the minister", "his wife", "the bank" (sieves); ``unnamed_sources``: "a neighbour".
- ``implicit_speakers``, ``before_colon``, ``context``, ``list_items``: quotations without a source (sieves).
- ``weights``: what each kind of evidence is worth; ``sieves``: rules tried in order.
- ``chains``: coreferee's coreference chains on any English pipeline.
"""

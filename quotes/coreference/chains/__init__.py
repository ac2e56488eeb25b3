"""coreferee's rules and networks on a light copy of the Doc: coreference chains on any English pipeline."""

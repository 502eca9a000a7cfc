-- $1 session, $2 number of the part, $3 cards, $4 tokens. Two attempts at once may make the same part: the first one's cards stay.
insert into card_section (session_id, number, cards, tokens) values ($1, $2, $3, $4) on conflict do nothing

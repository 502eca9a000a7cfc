-- $1 session.
select number, cards, tokens from card_section where session_id = $1

-- $1 session.
delete from card_section where session_id = $1

copy document_piece (document_id, index, first_page, last_page, model, text, embedding) from stdin (format binary)

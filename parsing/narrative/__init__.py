"""Running text (情况说明): paragraphs, sentences, and the amounts they claim."""

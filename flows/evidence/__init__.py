"""What an event rests on, for those who must defend its row."""

"""DVC: which bytes a commit names, and where they are to be had."""

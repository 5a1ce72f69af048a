"""What documents come wrapped in, and what a file is: archives, packages, compound files."""

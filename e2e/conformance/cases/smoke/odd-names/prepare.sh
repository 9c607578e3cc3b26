printf latin > $'caf\xe9'
printf line > $'two\nlines'
printf one > one
ln one two
mkfifo fifo

package main

// Without other packages, it is compiled fast, also for other platforms.
func main() { println("ok") }

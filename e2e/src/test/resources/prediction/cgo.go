package main

// #include <stdio.h>
// static void hello(void) { puts("ok"); fflush(stdout); }
import "C"

func main() { C.hello() }

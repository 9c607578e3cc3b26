#include <math.h>
#include <stdio.h>

int main(int argc, char **argv) {
  puts(sqrt(argc) > 0 ? "ok" : "wrong");
  return 0;
}

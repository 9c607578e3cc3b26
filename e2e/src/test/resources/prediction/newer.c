void greet_newer(void);

int main(void) {
  greet_newer();
  return 0;
}

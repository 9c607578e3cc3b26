void relay(void);

int main(void) {
  relay();
  return 0;
}

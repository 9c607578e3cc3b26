void greet(void);
void relay(void) { greet(); }

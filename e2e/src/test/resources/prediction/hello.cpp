#include <iostream>
#include <vector>

int main() {
  std::vector<const char *> words = {"ok"};
  std::cout << words.at(0) << std::endl;
  return 0;
}

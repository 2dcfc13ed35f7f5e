// Encodes a text, prints its ids, decodes them, and shows an error.
//
//     c++ -std=c++11 encode.cpp $(pkg-config --cflags --libs tok) -o encode && ./encode
#include <iostream>
#include <tok.hpp>

int main() {
  try {
    tok::tokenizer tokenizer = tok::tokenizer::named("o200k_base");

    std::vector<tok_id> ids = tokenizer.encode("Hello, w\xC3\xB6rld! \xE4\xBD\xA0\xE5\xA5\xBD");
    std::cout << "ids:";
    for (tok_id id : ids) std::cout << ' ' << id;
    std::cout << "\ntext: " << tokenizer.decode(ids) << '\n';

    // No token has this id.
    tokenizer.decode(std::vector<tok_id>{4000000});
  } catch (const tok::error &error) {
    std::cout << "error " << error.status() << ": " << error.what() << '\n';
  }
}

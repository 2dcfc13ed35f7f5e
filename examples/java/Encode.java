// Encodes a text, prints its ids, decodes them, and shows an error. Needs a JDK 22 or later; java-jni
// does the same for older ones.
//
//     java --enable-native-access=ALL-UNNAMED Encode.java PREFIX/lib/libtok.so.0

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

public final class Encode {
  static final int TOK_E_CAPACITY = -1;
  static final int TOK_INVALID_UTF8_REPAIR = 0;

  final SymbolLookup library;
  final MethodHandle load, free, encode, decode, message, freeError;

  Encode(String path) {
    library = SymbolLookup.libraryLookup(Path.of(path), Arena.global());
    load = function("tok_tokenizer_load_name", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    free = function("tok_tokenizer_free", JAVA_INT, ADDRESS);
    encode = function("tok_encode", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS,
        ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    decode = function("tok_decode", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_BOOLEAN, JAVA_INT,
        ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    message = function("tok_error_message", ADDRESS, ADDRESS);
    freeError = function("tok_error_free", JAVA_INT, ADDRESS);
  }

  MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker().downcallHandle(
        library.find(name).orElseThrow(), FunctionDescriptor.of(result, arguments));
  }

  /** Throws what a call says of an error, and frees it. */
  void check(int status, MemorySegment error) throws Throwable {
    if (status == 0) return;
    MemorySegment details = error.get(ADDRESS, 0);
    MemorySegment text = (MemorySegment) message.invokeExact(details);
    String problem = text.reinterpret(Long.MAX_VALUE).getString(0);
    int ignored = (int) freeError.invokeExact(details);
    throw new IllegalArgumentException("error " + status + ": " + problem);
  }

  MemorySegment named(String name) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment tokenizer = arena.allocate(ADDRESS), error = arena.allocate(ADDRESS);
      check((int) load.invokeExact(arena.allocateFrom(name), tokenizer, error), error);
      return tokenizer.get(ADDRESS, 0);
    }
  }

  int[] encode(MemorySegment tokenizer, String string) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      // A token of this vocabulary is at least one byte, so there is room for all ids.
      byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
      MemorySegment text = arena.allocateFrom(JAVA_BYTE, bytes);
      MemorySegment ids = arena.allocate(JAVA_INT, bytes.length);
      MemorySegment count = arena.allocate(JAVA_LONG), error = arena.allocate(ADDRESS);
      check((int) encode.invokeExact(tokenizer, text, (long) bytes.length, MemorySegment.NULL,
          MemorySegment.NULL, ids, (long) bytes.length, count, error), error);
      return ids.asSlice(0, 4 * count.get(JAVA_LONG, 0)).toArray(JAVA_INT);
    }
  }

  String decode(MemorySegment tokenizer, int... ids) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment list = arena.allocateFrom(JAVA_INT, ids);
      MemorySegment length = arena.allocate(JAVA_LONG), error = arena.allocate(ADDRESS);
      for (long capacity = 6L * ids.length + 16;; capacity = length.get(JAVA_LONG, 0)) {
        MemorySegment text = arena.allocate(capacity);
        int status = (int) decode.invokeExact(tokenizer, list, (long) ids.length, false,
            TOK_INVALID_UTF8_REPAIR, text, capacity, length, error);
        if (status == TOK_E_CAPACITY) {
          int ignored = (int) freeError.invokeExact(error.get(ADDRESS, 0));
          continue;
        }
        check(status, error);
        byte[] bytes = text.asSlice(0, length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8);
      }
    }
  }

  public static void main(String[] arguments) throws Throwable {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Encode tok = new Encode(arguments[0]);
    MemorySegment tokenizer = tok.named("o200k_base");
    int[] ids = tok.encode(tokenizer, "Hello, wörld! 你好");
    out.println("ids: "
        + Arrays.stream(ids).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(" ")));
    out.println("text: " + tok.decode(tokenizer, ids));
    try {
      tok.decode(tokenizer, 4000000); // no token has this id
    } catch (IllegalArgumentException error) {
      out.println(error.getMessage());
    }
    int ignored = (int) tok.free.invokeExact(tokenizer);
  }
}

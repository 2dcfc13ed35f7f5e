module example.org/encode

go 1.19

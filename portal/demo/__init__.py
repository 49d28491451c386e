"""The demo content: texts and pictures made for this project, and the loader that puts them in the database.

The texts are TOML beside this file. Persons are invented and named so (演示编辑甲); zones appear in articles only as
"某国家级经开区". Figures in the articles are made up as well. Names and addresses in links.toml are real, but for
example.org; zones.toml says what in it is not.
"""

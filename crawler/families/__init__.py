"""Families: how portals give up their documents, one pure module each.

=============== =======================================================
``registry``    every family by its name
``family``      the functions and parameters a family consists of
``parameters``  what a portal's file may state for its family
``trs``         拓尔思 TRS WCM, a pager in `createPageHTML`
``jpage``       大汉 Hanweb JCMS, rows in a data store and from a proxy
``jpaas``       大汉 jpaas, units from a gateway
``vsb``         博达 VSB, pages counted from the oldest
``static``      any static column of dated links
``gkmlpt``      广东省政府信息公开目录平台
``ucap``        开普云, rows from the site's search
``hebei``       河北, rows from a block of the template
``query_pages`` pages numbered in the query
``zhengzhou``   郑州市政务公开平台
``sitesources`` 河南, static lists beside `script.json`
``longxun``     安徽 龙讯, rows from the label service
``truecms``     TrueCMS, a datastore in a JSON callback
``epoint``      新点 Epoint, rows by POST of JSON
``jiangsu``     江苏预决算公开 platform
``neimenggu``   内蒙古预决算公开 platform
``bmys``        上海, departments by year
=============== =======================================================
"""

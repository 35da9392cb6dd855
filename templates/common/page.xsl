<?xml version="1.0" encoding="UTF-8"?>
<!-- Sheets: page masters for standing and lying pages, the page number, the frame of the FO
     document with its metadata and outline. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:px="urn:prikaz:fo"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions"
                extension-element-prefixes="func" exclude-result-prefixes="p f">

  <!-- One part alone instead of the whole: its name («order», «appendix-1»), and the number of
       its first page in the whole; without it pages are counted from 1 and the first has no
       number, as in a document of its own. -->
  <xsl:param name="only"/>
  <xsl:param name="first-page"/>
  <!-- yes: the names of all parts are listed in the metadata. -->
  <xsl:param name="list-parts"/>

  <!-- A part's name: what is in no appendix belongs to the order. -->
  <func:function name="f:part-name">
    <xsl:param name="node"/>
    <xsl:variable name="appendix" select="$node/ancestor-or-self::p:appendix"/>
    <xsl:choose>
      <xsl:when test="$appendix">
        <func:result select="concat('appendix-',
                                    count($appendix/preceding-sibling::p:appendix) + 1)"/>
      </xsl:when>
      <xsl:otherwise>
        <func:result select="'order'"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- Whether an element is in what is being set. -->
  <func:function name="f:is-here">
    <xsl:param name="node"/>
    <func:result select="$only = '' or f:part-name($node) = $only"/>
  </func:function>

  <!-- The whole FO document: an entry template calls this and has its page sequences made by
       mode="pages" and its outline by mode="outline". -->
  <xsl:template name="document">
    <xsl:call-template name="check-profile"/>
    <fo:root xml:lang="ru-RU" font-family="{f:setting('font', 'family')}"
             font-size="{f:setting('font', 'size')}"
             line-height="{f:setting('font', 'line-height')}" hyphenate="false" role="Document">
      <xsl:call-template name="at"/>
      <fo:layout-master-set>
        <xsl:if test="$order or not(@orientation = 'landscape')
                      or .//@orientation[. = 'portrait']">
          <xsl:call-template name="page-masters">
            <xsl:with-param name="name" select="'portrait'"/>
            <xsl:with-param name="group" select="'page'"/>
            <xsl:with-param name="width" select="'210mm'"/>
            <xsl:with-param name="height" select="'297mm'"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:if test="descendant-or-self::*/@orientation = 'landscape'">
          <xsl:call-template name="page-masters">
            <xsl:with-param name="name" select="'landscape'"/>
            <xsl:with-param name="group" select="'landscape'"/>
            <xsl:with-param name="width" select="'297mm'"/>
            <xsl:with-param name="height" select="'210mm'"/>
          </xsl:call-template>
        </xsl:if>
      </fo:layout-master-set>
      <fo:declarations>
        <xsl:apply-templates select="." mode="metadata"/>
        <px:meta name="language" value="ru-RU"/>
        <xsl:if test="$list-parts = 'yes'">
          <xsl:for-each select="$order | $order/p:appendix">
            <px:meta name="part" value="{f:part-name(.)}"/>
          </xsl:for-each>
        </xsl:if>
      </fo:declarations>
      <fo:bookmark-tree>
        <xsl:apply-templates select="." mode="outline"/>
      </fo:bookmark-tree>
      <xsl:apply-templates select="." mode="pages"/>
    </fo:root>
  </xsl:template>

  <!-- A sheet without a number for the first page, one with a number for the rest. -->
  <xsl:template name="page-masters">
    <xsl:param name="name"/>
    <xsl:param name="group"/>
    <xsl:param name="width"/>
    <xsl:param name="height"/>
    <xsl:variable name="top" select="f:mm(f:setting($group, 'margin-top'))"/>
    <xsl:variable name="number" select="f:mm(f:setting($group, 'page-number'))"/>
    <fo:simple-page-master master-name="{$name}-first" page-width="{$width}"
                           page-height="{$height}" margin-left="{f:setting($group, 'margin-left')}"
                           margin-right="{f:setting($group, 'margin-right')}"
                           margin-bottom="{f:setting($group, 'margin-bottom')}">
      <fo:region-body margin-top="{f:setting($group, 'margin-top')}"/>
    </fo:simple-page-master>
    <fo:simple-page-master master-name="{$name}-rest" page-width="{$width}"
                           page-height="{$height}" margin-left="{f:setting($group, 'margin-left')}"
                           margin-right="{f:setting($group, 'margin-right')}"
                           margin-bottom="{f:setting($group, 'margin-bottom')}"
                           margin-top="{$number}mm">
      <fo:region-body margin-top="{$top - $number}mm"/>
      <fo:region-before region-name="page-number" extent="{$top - $number}mm"/>
    </fo:simple-page-master>
    <fo:page-sequence-master master-name="{$name}">
      <fo:repeatable-page-master-alternatives>
        <fo:conditional-page-master-reference page-position="first"
                                              master-reference="{$name}-first"/>
        <fo:conditional-page-master-reference master-reference="{$name}-rest"/>
      </fo:repeatable-page-master-alternatives>
    </fo:page-sequence-master>
  </xsl:template>

  <!-- One page sequence for the current element, its content made by mode="flow". `first`: its
       first page is the document's and has no number. `begins`: the element begins here;
       `parts`: those of its children that stand here, where not all do. -->
  <xsl:template name="page-sequence">
    <xsl:param name="orientation" select="'portrait'"/>
    <xsl:param name="first" select="true()"/>
    <xsl:param name="begins" select="true()"/>
    <xsl:param name="parts"/>
    <xsl:variable name="own" select="$begins and f:setting('paging', 'numbers') = 'own'"/>
    <fo:page-sequence master-reference="{$orientation}-rest">
      <xsl:if test="$first or $own">
        <xsl:attribute name="master-reference">
          <xsl:value-of select="$orientation"/>
        </xsl:attribute>
      </xsl:if>
      <xsl:if test="$own">
        <xsl:attribute name="initial-page-number">1</xsl:attribute>
      </xsl:if>
      <xsl:if test="$begins and not($own) and $only != ''">
        <xsl:attribute name="initial-page-number">
          <xsl:choose>
            <xsl:when test="$first-page != ''"><xsl:value-of select="$first-page"/></xsl:when>
            <xsl:otherwise>1</xsl:otherwise>
          </xsl:choose>
        </xsl:attribute>
      </xsl:if>
      <xsl:call-template name="at"/>
      <fo:static-content flow-name="page-number" role="Artifact">
        <fo:block text-align="center" font-size="{f:setting('font', 'page-number-size')}">
          <fo:page-number/>
        </fo:block>
      </fo:static-content>
      <fo:flow flow-name="xsl-region-body">
        <fo:block xsl:use-attribute-sets="body" role="Sect">
          <xsl:apply-templates select="." mode="flow">
            <xsl:with-param name="begins" select="$begins"/>
            <xsl:with-param name="parts" select="$parts"/>
          </xsl:apply-templates>
        </fo:block>
      </fo:flow>
    </fo:page-sequence>
  </xsl:template>
</xsl:stylesheet>

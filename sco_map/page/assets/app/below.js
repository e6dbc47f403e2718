// Made from web/ by make web; sources 295c1c67cd26301fd83a7e6bae6826c4d893c105b962ef2ee3eb1535965844ae
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
